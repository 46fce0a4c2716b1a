// What the walkthrough ticks: contexts that say how far a workspace has come.
// Invariant: none is set before a walkthrough was shown. The editor reads walkthroughs when it shows the first one, and never
// ticks a step whose context was set by then.
import * as vscode from 'vscode'
import { findPrograms } from './programs'

/** The file that is there once a step is done, and the context that says so. */
const FILES = { 'server-domains.json': 'miniguard.hasDomains', 'privacy-guide.json': 'miniguard.hasPrivacyGuide' }
/** How the tab of a walkthrough is called; the editor gives no other sign of it. */
const WALKTHROUGH = /^(Welcome|Walkthrough|欢迎|演练|歡迎|逐步解說)/i
/** In milliseconds: until the editor has read the walkthroughs that it is about to show. */
const READ = 1000

const reached = new Map<string, boolean>()
let shown = false

/** Keeps the contexts of files up to date, once a walkthrough is shown. */
export function watchMilestones(): vscode.Disposable {
  const watchers = Object.entries(FILES).map(([name, context]) => {
    const look = async () => {
      const found = await vscode.workspace.findFiles(`**/${name}`, '**/node_modules/**', 1)
      reach(context, found.length > 0)
    }
    const watcher = vscode.workspace.createFileSystemWatcher(`**/${name}`, false, true, false)
    watcher.onDidCreate(look)
    watcher.onDidDelete(look)
    void look()
    return watcher
  })
  const look = () => {
    const tabs = vscode.window.tabGroups.all.flatMap(group => group.tabs)
    if (shown || !tabs.some(tab => tab.input === undefined && WALKTHROUGH.test(tab.label))) return
    setTimeout(() => {
      shown = true
      for (const [context, value] of reached) setContext(context, value)
    }, READ)
  }
  look()
  return vscode.Disposable.from(...watchers, vscode.window.tabGroups.onDidChangeTabs(look))
}

/** A first check has ended; it counts when there was something to check. */
export async function checked(): Promise<void> {
  reach('miniguard.checked', (await findPrograms()).length > 0)
}

function reach(context: string, value: boolean): void {
  reached.set(context, value)
  if (shown) setContext(context, value)
}

export function setContext(name: string, value: boolean): void {
  void vscode.commands.executeCommand('setContext', name, value)
}
