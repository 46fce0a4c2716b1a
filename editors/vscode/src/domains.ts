// "Import Domain List…": an answer of the console or of an interface of WeChat becomes the program's list of domains.
// The executable decides which forms it accepts and where the list is written; the editor shows the result.
import * as vscode from 'vscode'
import { chooseTarget, run, saying } from './command-line'
import type { Session } from './session'
import { t } from './words'

const LIST = 'server-domains.json'

/** The command; `answer` is the file to import, where it is known already. */
export async function importDomains(session: Session, answer?: vscode.Uri): Promise<void> {
  const target = await chooseTarget(session)
  if (target === undefined) return
  const [file] = answer === undefined ? await chooseAnswer(target.program) : [answer]
  if (file === undefined || !(await vscode.workspace.saveAll(false))) return
  try {
    const says = await run(target, ['domains', '--import', file.fsPath])
    const first = says.trim().split('\n')[0]
    if (first) void vscode.window.showInformationMessage(first)
  } catch (error) {
    void vscode.window.showErrorMessage(t('The list of domains cannot be imported: {0}', saying(error)))
    return
  }
  try {
    await vscode.window.showTextDocument(vscode.Uri.joinPath(target.program, LIST), { preview: false })
  } catch {
    // The settings may name another place, which the message names.
  }
}

async function chooseAnswer(program: vscode.Uri): Promise<vscode.Uri[]> {
  const chosen = await vscode.window.showOpenDialog({
    defaultUri: program,
    filters: { JSON: ['json'], [t('All files')]: ['*'] },
    openLabel: t('Import'),
    title: t('The answer that holds the registered domains, as JSON')
  })
  return chosen ?? []
}
