// Commands of the executable that need no running server.
// Invariant: the executable reads the disk, so unsaved files are saved before it runs, or the command is cancelled.
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import * as vscode from 'vscode'
import { chooseProgram } from './programs'
import type { Session } from './session'

/** More than the report on any program that was measured. */
const LARGEST = 64 * 1024 * 1024

/** Which executable, and what it is run on. */
export interface Target {
  command: string
  program: vscode.Uri
}

/** The executable and the program; `undefined` when there is none or none was chosen, which was said then. */
export async function chooseTarget(session: Session): Promise<Target | undefined> {
  const command = await session.executable()
  const program = command === undefined ? undefined : await chooseProgram()
  return command === undefined || program === undefined ? undefined : { command, program }
}

/** What `miniguard PARAMETERS PROGRAM` prints. Rejects with what it says on standard error. */
export async function run({ command, program }: Target, parameters: string[]): Promise<string> {
  try {
    const all = [...parameters, '--lang', language(), program.fsPath]
    const { stdout } = await promisify(execFile)(command, all, { maxBuffer: LARGEST, cwd: program.fsPath })
    return stdout
  } catch (error) {
    const { stderr } = error as { stderr?: string }
    throw new Error(stderr?.trim() || String(error))
  }
}

/** What an error says. */
export function saying(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** The language of reports: that of findings. */
export function language(): 'en' | 'zh' {
  const setting = vscode.workspace.getConfiguration('miniguard').get('locale', 'auto')
  return (setting === 'auto' ? vscode.env.language : setting).toLowerCase().startsWith('zh') ? 'zh' : 'en'
}
