// The inventory as a document, written by the command line.
import * as vscode from 'vscode'
import { chooseTarget, run, saying } from './command-line'
import type { Session } from './session'
import { t } from './words'

export async function exportInventory(session: Session): Promise<void> {
  const target = await chooseTarget(session)
  if (target === undefined) return
  const forms = [
    { label: 'Markdown', detail: t('Tables, for people and filing documents'), format: 'markdown' },
    { label: 'JSON', detail: t('Data, for other programs'), format: 'json' }
  ]
  const form = await vscode.window.showQuickPick(forms, { placeHolder: t('Export the inventory as') })
  if (form === undefined || !(await vscode.workspace.saveAll(false))) return
  try {
    const content = await run(target, ['inventory', '--format', form.format])
    const document = await vscode.workspace.openTextDocument({ content, language: form.format })
    await vscode.window.showTextDocument(document)
  } catch (error) {
    void vscode.window.showErrorMessage(t('The inventory cannot be made: {0}', saying(error)))
  }
}
