// Commands that have the executable write files of the program, and show them.
import * as vscode from 'vscode'
import { chooseTarget, run, saying } from './command-line'
import type { Session } from './session'
import { t } from './words'

/** "Set Up": miniguard.json and the list of domains, where they are missing. */
export function setUp(session: Session): Promise<void> {
  return write(session, ['init'], 'miniguard.json', error => t('The program cannot be set up: {0}', error))
}

/** "Write Privacy Guide": the guide that the program needs; in one that is there only what it lacks is added. */
export function writePrivacyGuide(session: Session): Promise<void> {
  const failed = (error: string) => t('The privacy guide cannot be written: {0}', error)
  return write(session, ['privacy-guide', '--write'], 'privacy-guide.json', failed)
}

async function write(session: Session, command: string[], name: string, failed: (error: string) => string): Promise<void> {
  const target = await chooseTarget(session)
  if (target === undefined || !(await vscode.workspace.saveAll(false))) return
  try {
    const says = await run(target, command)
    // What follows is said for a terminal.
    const [first] = says.trim().split('\n')
    if (first) void vscode.window.showInformationMessage(first)
  } catch (error) {
    void vscode.window.showErrorMessage(failed(saying(error)))
    return
  }
  try {
    await vscode.window.showTextDocument(vscode.Uri.joinPath(target.program, name), { preview: false })
  } catch {
    // The settings may name another place, which the message names.
  }
}
