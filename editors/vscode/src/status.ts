// The item in the status bar: the state of the server, and the counts. The one thing to know: the counts are read from
// the diagnostics that the editor holds, so they can never differ from the Problems panel.
import * as vscode from 'vscode'
import { count } from './counts'

export type State = 'starting' | 'running' | 'stopped' | 'failed'

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
    void vscode.commands.executeCommand('setContext', 'miniguard.running', state === 'running')
    this.draw()
  }

  dispose(): void {
    this.listener.dispose()
    this.item.dispose()
  }

  private draw(): void {
    const { t } = vscode.l10n
    const { item } = this
    item.backgroundColor = undefined
    item.command = 'miniguard.showOutput'
    switch (this.state) {
      case 'starting':
        return this.write('$(loading~spin) miniguard', t('miniguard is starting'))
      case 'stopped':
        return this.write('$(circle-slash) miniguard', t('miniguard is stopped'))
      case 'failed':
        item.backgroundColor = new vscode.ThemeColor('statusBarItem.errorBackground')
        return this.write('$(error) miniguard', t('miniguard does not run; its output says why'))
      case 'running': {
        item.command = 'workbench.actions.view.problems'
        const [errors, warnings, information, hints] = count(vscode.languages.getDiagnostics())
        return this.write(
          `$(shield) $(error) ${errors} $(warning) ${warnings} $(info) ${information + hints}`,
          t('miniguard: {0} errors, {1} warnings, {2} information, {3} hints', errors, warnings, information, hints)
        )
      }
    }
  }

  private write(text: string, says: string): void {
    const { t } = vscode.l10n
    const tooltip = new vscode.MarkdownString(
      `${says}\n\n[${t('Restart')}](command:miniguard.restart) · [${t('Show output')}](command:miniguard.showOutput)`
    )
    tooltip.isTrusted = { enabledCommands: ['miniguard.restart', 'miniguard.showOutput'] }
    this.item.text = text
    this.item.tooltip = tooltip
    this.item.accessibilityInformation = { label: says }
  }
}
