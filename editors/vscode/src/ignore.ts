// "Ignore in miniguard.json": an exception in the team's settings, with its reason.
// Invariant: the edit goes through the editor, so it can be undone, and is seen before it is committed.
import * as vscode from 'vscode'
import { SOURCE } from './counts'
import { withIgnored, withRuleOff } from './settings-file'
import { t } from './words'

const NAME = 'miniguard.json'

/** Offers it beside the server's own fixes. */
export class Ignoring implements vscode.CodeActionProvider {
  static readonly metadata = { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] }

  provideCodeActions(
    document: vscode.TextDocument,
    _: vscode.Range,
    context: vscode.CodeActionContext
  ): vscode.CodeAction[] {
    return context.diagnostics.filter(isOurs).map(diagnostic => {
      const title = t('Ignore {0} in miniguard.json…', rule(diagnostic))
      const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix)
      action.diagnostics = [diagnostic]
      action.command = { command: 'miniguard.ignore', title, arguments: [document.uri, rule(diagnostic)] }
      return action
    })
  }
}

/** The command: for a finding named by its file and rule, or for what stands at the cursor. */
export async function ignore(file?: vscode.Uri, named?: string): Promise<void> {
  const chosen = file !== undefined && named !== undefined ? { file, rule: named } : await chooseFinding()
  if (chosen === undefined) return
  const home = await settingsFile(chosen.file)
  if (home === undefined) return
  const path = chosen.file.path.slice(vscode.Uri.joinPath(home, '..').path.replace(/\/$/, '').length + 1)
  const scopes = [
    { label: t('In this file'), detail: path, whole: false },
    { label: t('Everywhere: switch the rule off'), detail: chosen.rule, whole: true }
  ]
  const scope = await vscode.window.showQuickPick(scopes, { placeHolder: t('Where is {0} to be ignored?', chosen.rule) })
  if (scope === undefined) return
  if (scope.whole) return write(home, text => withRuleOff(text, chosen.rule))
  const reason = await vscode.window.showInputBox({
    prompt: t('Why is it right here? The reason is kept in miniguard.json for whoever reviews it.'),
    validateInput: text => (text.trim() === '' ? t('A reason is needed.') : undefined)
  })
  if (reason === undefined) return
  await write(home, text => withIgnored(text, { rule: chosen.rule, file: path, reason: reason.trim() }))
}

async function chooseFinding(): Promise<{ file: vscode.Uri; rule: string } | undefined> {
  const editor = vscode.window.activeTextEditor
  if (editor === undefined) return undefined
  const file = editor.document.uri
  const here = vscode.languages
    .getDiagnostics(file)
    .filter(diagnostic => isOurs(diagnostic) && diagnostic.range.intersection(editor.selection) !== undefined)
  const rules = [...new Set(here.map(rule))]
  if (rules.length > 1) {
    const chosen = await vscode.window.showQuickPick(rules, { placeHolder: t('Which finding?') })
    return chosen === undefined ? undefined : { file, rule: chosen }
  }
  const [only] = rules
  if (only !== undefined) return { file, rule: only }
  void vscode.window.showInformationMessage(t('There is no finding of miniguard at the cursor.'))
  return undefined
}

/** The settings that count for a file: the nearest there are, else new ones beside its project.config.json. */
async function settingsFile(file: vscode.Uri): Promise<vscode.Uri | undefined> {
  const workspace = vscode.workspace.getWorkspaceFolder(file)
  if (workspace === undefined) {
    const says = t('This file is in no folder of the workspace: there is no place for a miniguard.json.')
    void vscode.window.showErrorMessage(says)
    return undefined
  }
  const folders: vscode.Uri[] = []
  for (let at = vscode.Uri.joinPath(file, '..'); ; at = vscode.Uri.joinPath(at, '..')) {
    folders.push(at)
    if (at.path === workspace.uri.path || at.path === '/') break
  }
  for (const name of [NAME, 'project.config.json']) {
    for (const folder of folders) {
      if (await exists(vscode.Uri.joinPath(folder, name))) return vscode.Uri.joinPath(folder, NAME)
    }
  }
  return vscode.Uri.joinPath(workspace.uri, NAME)
}

async function write(file: vscode.Uri, change: (text: string) => string): Promise<void> {
  const edit = new vscode.WorkspaceEdit()
  if (await exists(file)) {
    const document = await vscode.workspace.openTextDocument(file)
    const text = document.getText()
    edit.replace(file, new vscode.Range(document.positionAt(0), document.positionAt(text.length)), change(text))
  } else {
    edit.createFile(file)
    edit.insert(file, new vscode.Position(0, 0), change(''))
  }
  if (!(await vscode.workspace.applyEdit(edit))) {
    void vscode.window.showErrorMessage(t('{0} cannot be written.', vscode.workspace.asRelativePath(file)))
    return
  }
  const document = await vscode.workspace.openTextDocument(file)
  await document.save()
  await vscode.window.showTextDocument(document, { preview: false })
}

async function exists(file: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(file)
    return true
  } catch {
    return false
  }
}

function isOurs(diagnostic: vscode.Diagnostic): boolean {
  return diagnostic.source === SOURCE && rule(diagnostic) !== ''
}

function rule(diagnostic: vscode.Diagnostic): string {
  const { code } = diagnostic
  return String((typeof code === 'object' ? code.value : code) ?? '')
}
