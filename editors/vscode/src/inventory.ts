// The inventory as a document. The one thing to know: it comes from the command line, which reads the disk; what is not
// saved is not in it, so everything is saved first or the user says no.
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import * as vscode from 'vscode'
import { chooseProgram } from './programs'
import type { Session } from './session'

/** More than the inventory of any program that was measured. */
const LARGEST = 64 * 1024 * 1024

export async function exportInventory(session: Session): Promise<void> {
  const { t } = vscode.l10n
  const command = await session.executable()
  const program = command === undefined ? undefined : await chooseProgram()
  if (command === undefined || program === undefined) return
  const forms = [
    { label: 'Markdown', detail: t('Tables, for people and filing documents'), format: 'markdown' },
    { label: 'JSON', detail: t('Data, for other programs'), format: 'json' }
  ]
  const form = await vscode.window.showQuickPick(forms, { placeHolder: t('Export the inventory as') })
  if (form === undefined || !(await vscode.workspace.saveAll(false))) return
  try {
    const parameters = ['inventory', '--format', form.format, '--lang', language(), program.fsPath]
    const { stdout } = await promisify(execFile)(command, parameters, { maxBuffer: LARGEST })
    const document = await vscode.workspace.openTextDocument({ content: stdout, language: form.format })
    await vscode.window.showTextDocument(document)
  } catch (error) {
    const { stderr } = error as { stderr?: string }
    void vscode.window.showErrorMessage(t('The inventory cannot be made: {0}', stderr?.trim() || String(error)))
  }
}

function language(): 'en' | 'zh' {
  const setting = vscode.workspace.getConfiguration('miniguard').get('locale', 'auto')
  return (setting === 'auto' ? vscode.env.language : setting).toLowerCase().startsWith('zh') ? 'zh' : 'en'
}
