// "Show Data Flow": the places behind a finding – where a host is written, through what it goes, which call reaches it – in the
// editor's own peek view. They are the related places of the diagnostic; nothing is computed here.
import * as vscode from 'vscode'
import { SOURCE } from './counts'
import { t } from './words'

/** Offers it in the menu of fixes. */
export class Flowing implements vscode.CodeActionProvider {
  static readonly metadata = { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] }

  provideCodeActions(
    document: vscode.TextDocument,
    _: vscode.Range,
    context: vscode.CodeActionContext
  ): vscode.CodeAction[] {
    const [first] = withSteps(context.diagnostics)
    if (first === undefined) return []
    const title = t('Show data flow')
    const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix)
    action.diagnostics = [first]
    action.command = { command: 'miniguard.showDataFlow', title, arguments: [document.uri, first.range.start] }
    return [action]
  }
}

/** The command: for the finding at a place, or at the cursor. */
export async function showDataFlow(file?: vscode.Uri, at?: vscode.Position): Promise<void> {
  const editor = vscode.window.activeTextEditor
  const [uri, place] = file !== undefined && at !== undefined ? [file, at] : [editor?.document.uri, editor?.selection.active]
  if (uri === undefined || place === undefined) return
  const diagnostics = vscode.languages.getDiagnostics(uri).filter(one => one.range.contains(place))
  const [finding] = withSteps(diagnostics)
  if (finding === undefined) {
    void vscode.window.showInformationMessage(t('No finding with steps to show is at the cursor.'))
    return
  }
  const steps = (finding.relatedInformation ?? []).map(step => step.location)
  const all = [new vscode.Location(uri, finding.range), ...steps]
  await vscode.commands.executeCommand('editor.action.peekLocations', uri, finding.range.start, all, 'peek')
}

/** Our findings that name other places, the narrowest first. */
function withSteps(diagnostics: readonly vscode.Diagnostic[]): vscode.Diagnostic[] {
  const lines = ({ range }: vscode.Diagnostic) => range.end.line - range.start.line
  const columns = ({ range }: vscode.Diagnostic) => range.end.character - range.start.character
  return diagnostics
    .filter(({ source, relatedInformation }) => source === SOURCE && (relatedInformation?.length ?? 0) > 0)
    .sort((a, b) => lines(a) - lines(b) || columns(a) - columns(b))
}
