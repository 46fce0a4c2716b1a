// "Open Compliance Report": the page that `miniguard report` writes, in an editor tab.
// Invariant: the page runs no script and loads nothing, and the view allows neither.
import * as vscode from 'vscode'
import { chooseTarget, run, saying } from './command-line'
import type { Session } from './session'
import { t } from './words'

export async function openReport(session: Session): Promise<void> {
  const target = await chooseTarget(session)
  if (target === undefined || !(await vscode.workspace.saveAll(false))) return
  try {
    const page = await run(target, ['report', '--format', 'html'])
    const options = { enableScripts: false, enableFindWidget: true, localResourceRoots: [] }
    const title = t('Compliance Report')
    const panel = vscode.window.createWebviewPanel('miniguard.report', title, vscode.ViewColumn.Active, options)
    panel.webview.html = page
  } catch (error) {
    void vscode.window.showErrorMessage(t('The report cannot be made: {0}', saying(error)))
  }
}
