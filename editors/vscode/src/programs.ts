// Which mini-program a command is about.
import { basename, dirname } from 'node:path'
import * as vscode from 'vscode'
import { t } from './words'

/** The folders of all programs in the workspace, sorted. */
export async function findPrograms(): Promise<vscode.Uri[]> {
  const configurations = await vscode.workspace.findFiles('**/project.config.json', '**/node_modules/**')
  return configurations.map(file => vscode.Uri.joinPath(file, '..')).sort((a, b) => (a.path < b.path ? -1 : 1))
}

/** The folder of the program: the only one, the one chosen, or the workspace where none shows; `undefined` when nothing is open or chosen. */
export async function chooseProgram(): Promise<vscode.Uri | undefined> {
  const folders = await findPrograms()
  if (folders.length === 0) return vscode.workspace.workspaceFolders?.[0]?.uri
  if (folders.length === 1) return folders[0]
  const items = folders.map(folder => ({
    label: basename(folder.path),
    description: vscode.workspace.asRelativePath(dirname(folder.path)),
    folder
  }))
  return (await vscode.window.showQuickPick(items, { placeHolder: t('Which mini-program?') }))?.folder
}
