// Where the server is: setting, bundled, PATH. The one thing to know: pure – whoever calls says what is on the disk – and
// a setting is an order: what it names is used or reported, never silently replaced by another executable.
import { posix, win32 } from 'node:path'

/** What the search depends on. */
export interface Surroundings {
  /** `miniguard.path`, as far as the workspace may be believed. */
  setting: string
  /** The extension's folder. */
  extension: string
  /** The first folder of the workspace. */
  workspace: string | undefined
  home: string
  /** The variable PATH. */
  path: string
  platform: NodeJS.Platform
  isExecutable(file: string): boolean
}

export type Server =
  | { found: true; command: string; from: 'setting' | 'bundled' | 'PATH' }
  | { found: false; setting: string }

export function findServer(surroundings: Surroundings): Server {
  const setting = surroundings.setting.trim()
  if (setting !== '') {
    const command = isName(setting) ? onPath(setting, surroundings) : expand(setting, surroundings)
    const usable = command !== undefined && surroundings.isExecutable(command)
    return usable ? { found: true, command, from: 'setting' } : { found: false, setting }
  }
  const bundled = paths(surroundings).join(surroundings.extension, 'server', executable('miniguard', surroundings))
  if (surroundings.isExecutable(bundled)) return { found: true, command: bundled, from: 'bundled' }
  const command = onPath('miniguard', surroundings)
  return command === undefined ? { found: false, setting } : { found: true, command, from: 'PATH' }
}

function isName(setting: string): boolean {
  return !/[/\\]/.test(setting)
}

function onPath(name: string, surroundings: Surroundings): string | undefined {
  const { delimiter, isAbsolute, join } = paths(surroundings)
  return surroundings.path
    .split(delimiter)
    // A relative entry would mean another executable in each workspace.
    .filter(folder => isAbsolute(folder))
    .map(folder => join(folder, executable(name, surroundings)))
    .find(file => surroundings.isExecutable(file))
}

/** The absolute path that a setting means; `undefined` when it means none. */
function expand(setting: string, surroundings: Surroundings): string | undefined {
  const { isAbsolute, join, normalize } = paths(surroundings)
  const rest = /^~[/\\](.*)$/.exec(setting)?.[1]
  if (rest !== undefined) return join(surroundings.home, rest)
  const folder = surroundings.workspace
  const absolute = folder === undefined ? setting : setting.replace('${workspaceFolder}', () => folder)
  return isAbsolute(absolute) ? normalize(absolute) : undefined
}

function executable(name: string, surroundings: Surroundings): string {
  return surroundings.platform === 'win32' && !/\.(exe|cmd|bat)$/i.test(name) ? `${name}.exe` : name
}

function paths(surroundings: Surroundings): typeof posix {
  return surroundings.platform === 'win32' ? win32 : posix
}
