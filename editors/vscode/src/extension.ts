// The extension: what it registers.
// Invariant: it holds no knowledge of mini-programs; it finds and starts the server and gives its commands a place in the editor.
import * as vscode from 'vscode'
import { importDomains } from './domains'
import { setUp, writePrivacyGuide } from './files'
import { Flowing, showDataFlow } from './flow'
import { exportInventory } from './inventory'
import { ignore, Ignoring } from './ignore'
import { Log } from './log'
import { watchMilestones } from './milestones'
import { openReport } from './report'
import { Session } from './session'
import { Status } from './status'

let session: Session | undefined

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const log = new Log()
  const status = new Status()
  const server = (session = new Session(context, log, status))
  const commands: Record<string, (...parameters: never[]) => unknown> = {
    'miniguard.restart': () => server.restart(),
    'miniguard.showOutput': () => log.show(),
    'miniguard.init': () => setUp(server),
    'miniguard.privacyGuide': () => writePrivacyGuide(server),
    'miniguard.openReport': () => openReport(server),
    'miniguard.exportInventory': () => exportInventory(server),
    'miniguard.importDomains': (answer?: vscode.Uri) => importDomains(server, answer),
    'miniguard.showDataFlow': showDataFlow,
    'miniguard.ignore': ignore
  }
  context.subscriptions.push(
    log,
    status,
    watchMilestones(),
    ...Object.entries(commands).map(([name, run]) => vscode.commands.registerCommand(name, run)),
    vscode.languages.registerCodeActionsProvider({ scheme: 'file' }, new Flowing(), Flowing.metadata),
    vscode.languages.registerCodeActionsProvider({ scheme: 'file' }, new Ignoring(), Ignoring.metadata),
    vscode.workspace.onDidChangeConfiguration(change => {
      const settings = ['miniguard.path', 'miniguard.locale', 'miniguard.inlayHints']
      if (settings.some(name => change.affectsConfiguration(name))) void server.restart()
    }),
    // A setting that was not believed may now be.
    vscode.workspace.onDidGrantWorkspaceTrust(() => server.restart())
  )
  await server.restart()
}

export function deactivate(): Promise<void> | undefined {
  return session?.stop()
}
