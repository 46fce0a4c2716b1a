// The life cycle of the server: find, start, watch, restart.
// Invariant: only `restart` starts a server – at activation, by command, when a setting changes – and its calls run one after
// another.
import { execFile } from 'node:child_process'
import { accessSync, constants, realpathSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { promisify } from 'node:util'
import * as vscode from 'vscode'
import {
  CloseAction,
  ErrorAction,
  LanguageClient,
  State,
  type CloseHandlerResult,
  type LanguageClientOptions,
  type MessageSignature
} from 'vscode-languageclient/node'
import { Deaths } from './deaths'
import type { Log } from './log'
import { checked, setContext } from './milestones'
import { findPrograms } from './programs'
import { findServer, type Server } from './server'
import type { Status } from './status'
import { t } from './words'

/** What the server wants to see: it ignores what belongs to no mini-program. */
const FILES = '**/*.{js,ts,wxs,wxml,json}'

/** A request that fails – as those under way do when the server dies – is for the log; the status bar says what state it is in. */
class Client extends LanguageClient {
  override handleFailedRequest<T>(
    type: MessageSignature,
    token: vscode.CancellationToken | undefined,
    error: unknown,
    otherwise: T,
    _?: boolean
  ): T {
    return super.handleFailedRequest(type, token, error, otherwise, false)
  }
}

export class Session implements vscode.Disposable {
  private client: LanguageClient | undefined
  private readonly deaths = new Deaths()
  private turn: Promise<void> = Promise.resolve()

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly output: Log,
    private readonly status: Status
  ) {}

  /** Stops the server if there is one, and starts it as the settings say now. Never rejects: what fails is shown. */
  restart(): Promise<void> {
    this.deaths.forget()
    this.turn = this.turn.then(async () => {
      await this.end()
      await this.start()
    })
    return this.turn
  }

  stop(): Promise<void> {
    this.turn = this.turn.then(() => this.end())
    return this.turn
  }

  /** The executable for commands that need no running server; says what is wrong when there is none. */
  async executable(): Promise<string | undefined> {
    const server = await this.find()
    if (server.found) return server.command
    await this.missing(server)
    return undefined
  }

  dispose(): void {
    void this.stop()
  }

  private async find(): Promise<Server> {
    const folders = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath)
    const programs = (await findPrograms()).map(folder => folder.fsPath)
    return findServer({
      setting: vscode.workspace.getConfiguration('miniguard').get('path', ''),
      extension: this.context.extensionPath,
      // What a workspace brings along is run only once it is trusted.
      folders: vscode.workspace.isTrusted ? [...new Set([...programs, ...folders])] : [],
      workspace: folders[0],
      home: homedir(),
      path: process.env['PATH'] ?? process.env['Path'] ?? '',
      platform: process.platform,
      arch: process.arch,
      musl: isMusl(),
      isExecutable,
      realPath
    })
  }

  private async start(): Promise<void> {
    this.status.set('starting')
    const server = await this.find()
    if (!server.found) {
      this.status.set('failed')
      void this.missing(server)
      return
    }
    try {
      const { stdout } = await promisify(execFile)(server.command, ['--version'], { timeout: 10_000 })
      this.output.info(`${server.command} (${server.from}): ${stdout.trim()}`)
    } catch (error) {
      this.output.error(`${server.command} --version: ${String(error)}`)
      return this.failed(t('{0} cannot be run.', server.command))
    }
    setContext('miniguard.missing', false)
    const client = new Client(
      'miniguard',
      'miniguard',
      { command: server.command, args: ['lsp'] },
      this.options()
    )
    client.onDidChangeState(({ newState }) => {
      if (this.client === client && newState === State.Running) this.status.set(expectsCheck() ? 'checking' : 'running')
      if (this.client === client && newState === State.Starting) this.status.set('starting')
    })
    this.client = client
    try {
      await client.start()
    } catch (error) {
      this.output.error(`${server.command}: ${String(error)}`)
      // A server that dies while it starts is counted, and reported, where deaths are.
      if (this.deaths.count === 0) this.failed(t('{0} does not answer as a language server.', server.command))
    }
  }

  private async end(): Promise<void> {
    const { client } = this
    this.client = undefined
    try {
      await client?.dispose()
    } catch (error) {
      // A server that is dead already.
      this.output.warn(`while stopping: ${String(error)}`)
    }
    this.status.set('stopped')
  }

  private options(): LanguageClientOptions {
    const settings = vscode.workspace.getConfiguration('miniguard')
    const locale = settings.get('locale', 'auto')
    return {
      documentSelector: [{ scheme: 'file', pattern: FILES }],
      outputChannel: this.output.channel,
      initializationOptions: {
        ...(locale === 'auto' ? {} : { locale }),
        inlayHints: settings.get('inlayHints', false),
        // The extension has a grammar for templates.
        semanticTokens: false
      },
      initializationFailedHandler: () => false,
      middleware: {
        // The one progress that the server reports is its first check; the status bar shows it.
        handleWorkDoneProgress: (_, progress) => {
          if (progress.kind === 'end') this.checked()
        }
      },
      errorHandler: {
        error: () => ({ action: ErrorAction.Continue, handled: true }),
        closed: () => this.closed()
      }
    }
  }

  private checked(): void {
    this.status.set('running')
    void checked()
  }

  private closed(): CloseHandlerResult {
    if (this.deaths.note(Date.now())) {
      this.output.warn(`the server ended unexpectedly (${this.deaths.count}); it is started again`)
      this.status.set('starting')
      return { action: CloseAction.Restart, handled: true }
    }
    this.failed(
      t('miniguard ended {0} times within minutes and is not started again.', this.deaths.count)
    )
    return { action: CloseAction.DoNotRestart, handled: true }
  }

  private failed(says: string): void {
    this.output.error(says)
    this.status.set('failed')
    const [restart, show] = [t('Restart'), t('Show output')]
    void vscode.window.showErrorMessage(says, restart, show).then(chosen => {
      if (chosen === restart) void this.restart()
      if (chosen === show) this.output.show()
    })
  }

  private async missing(server: Server & { found: false }): Promise<void> {
    const says =
      server.setting === ''
        ? t('miniguard was not found: neither in node_modules, nor bundled, nor on PATH.')
        : t('The setting miniguard.path names {0}, which is no executable.', server.setting)
    this.output.error(says)
    setContext('miniguard.missing', true)
    const [settings, install] = [t('Open settings'), t('How to install')]
    const chosen = await vscode.window.showErrorMessage(says, settings, install)
    if (chosen === settings) {
      // In a remote window the settings of the machine are a page of their own.
      const page = vscode.env.remoteName === undefined ? 'openSettings' : 'openRemoteSettings'
      await vscode.commands.executeCommand(`workbench.action.${page}`, { query: 'miniguard.path' })
    }
    if (chosen === install) {
      const walkthrough = { category: `${this.context.extension.id}#start`, step: 'server' }
      await vscode.commands.executeCommand('workbench.action.openWalkthrough', walkthrough, false)
    }
  }
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return statSync(file).isFile()
  } catch {
    return false
  }
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync(path)
  } catch {
    return undefined
  }
}

/** Whether this Node, and with it the system, is built on musl. */
function isMusl(): boolean {
  if (process.platform !== 'linux' || process.report === undefined) return false
  // Else Node looks up the names of all open connections.
  Object.assign(process.report, { excludeNetwork: true })
  const { header } = process.report.getReport() as unknown as { header: { glibcVersionRuntime?: string } }
  return header.glibcVersionRuntime === undefined
}

/** Whether the server will check something at its start, and say when it has. */
function expectsCheck(): boolean {
  return (vscode.workspace.workspaceFolders ?? []).length > 0
}
