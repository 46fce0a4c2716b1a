// The item in the status bar: the state of the server, and the counts.
// Invariant: the counts are those of the Problems panel, which shows no hints: read from the diagnostics that the editor holds.
import * as vscode from 'vscode'
import { count } from './counts'
import { setContext } from './milestones'
import { t } from './words'

export type State = 'starting' | 'checking' | 'running' | 'stopped' | 'failed'

export class Status implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem('status', vscode.StatusBarAlignment.Left, 0)
  private readonly listener = vscode.languages.onDidChangeDiagnostics(() => this.draw())
  private state: State = 'stopped'

  constructor() {
    this.item.name = 'miniguard'
    this.set('stopped')
    this.item.show()
  }

  set(state: State): void {
    this.state = state
    setContext('miniguard.running', state === 'checking' || state === 'running')
    this.draw()
  }

  dispose(): void {
    this.listener.dispose()
    this.item.dispose()
  }

  private draw(): void {
    const { item } = this
    item.backgroundColor = undefined
    item.command = 'miniguard.showOutput'
    switch (this.state) {
      case 'starting':
        return this.write('$(loading~spin) miniguard', t('miniguard is starting'))
      case 'checking':
        return this.write(`$(loading~spin) ${t('miniguard: checking…')}`, t('miniguard is checking'))
      case 'stopped':
        return this.write('$(circle-slash) miniguard', t('miniguard is stopped'))
      case 'failed':
        item.backgroundColor = new vscode.ThemeColor('statusBarItem.errorBackground')
        return this.write('$(error) miniguard', t('miniguard does not run; its output says why'))
      case 'running': {
        item.command = 'workbench.actions.view.problems'
        const { errors, warnings, information } = count(vscode.languages.getDiagnostics())
        return this.write(
          `$(shield) $(error) ${errors} $(warning) ${warnings} $(info) ${information}`,
          t('miniguard: {0} errors, {1} warnings, {2} information', errors, warnings, information)
        )
      }
    }
  }

  private write(text: string, says: string): void {
    const tooltip = new vscode.MarkdownString(
      `${says}\n\n[${t('Restart')}](command:miniguard.restart) · [${t('Show output')}](command:miniguard.showOutput)`
    )
    tooltip.isTrusted = true
    this.item.text = text
    this.item.tooltip = tooltip
    this.item.accessibilityInformation = { label: says }
  }
}
