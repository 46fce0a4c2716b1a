// Where the server is: setting, the program's own node_modules, bundled, PATH. Pure: the caller says what is on the disk.
// Invariant: a setting is an order; what it names is used or reported, never silently replaced by another executable.
import { posix, win32 } from 'node:path'

/** What the search depends on. */
export interface Surroundings {
  /** `miniguard.path`, as far as the workspace may be believed. */
  setting: string
  /** The extension's folder. */
  extension: string
  /** Folders whose node_modules may hold miniguard, the nearest first; none as long as the workspace is not trusted. */
  folders: string[]
  /** The first folder of the workspace. */
  workspace: string | undefined
  home: string
  /** The variable PATH. */
  path: string
  platform: NodeJS.Platform
  arch: string
  /** Whether the system's C library is musl. */
  musl: boolean
  isExecutable(file: string): boolean
  /** Where a path leads in the end; `undefined` when it leads nowhere. */
  realPath(path: string): string | undefined
}

export type Server =
  | { found: true; command: string; from: 'setting' | 'node_modules' | 'bundled' | 'PATH' }
  | { found: false; setting: string }

export function findServer(surroundings: Surroundings): Server {
  const setting = surroundings.setting.trim()
  if (setting !== '') {
    const command = isName(setting) ? onPath(setting, surroundings) : expand(setting, surroundings)
    const usable = command !== undefined && surroundings.isExecutable(command)
    return usable ? { found: true, command, from: 'setting' } : { found: false, setting }
  }
  for (const folder of surroundings.folders) {
    const command = installed(folder, surroundings)
    if (command !== undefined) return { found: true, command, from: 'node_modules' }
  }
  const bundled = paths(surroundings).join(surroundings.extension, 'server', executable('miniguard', surroundings))
  if (surroundings.isExecutable(bundled)) return { found: true, command: bundled, from: 'bundled' }
  const command = onPath('miniguard', surroundings)
  return command === undefined ? { found: false, setting } : { found: true, command, from: 'PATH' }
}

/** The executable that npm, pnpm or Yarn laid below a folder: the one that its launcher would run, which needs no Node; else that launcher. */
function installed(folder: string, surroundings: Surroundings): string | undefined {
  const { join } = paths(surroundings)
  const { platform, arch, musl, isExecutable } = surroundings
  const modules = join(folder, 'node_modules')
  // pnpm links into a store, where the package of the platform lies beside.
  const launcher = surroundings.realPath(join(modules, 'miniguard'))
  if (launcher === undefined) return undefined
  const libraries = platform === 'linux' ? (musl ? ['-musl', '-gnu'] : ['-gnu', '-musl']) : ['']
  for (const library of libraries) {
    const name = join('@miniguard', `${platform}-${arch}${library}`, executable('miniguard', surroundings))
    const found = [join(launcher, 'node_modules', name), join(launcher, '..', name)].find(file => isExecutable(file))
    if (found !== undefined) return found
  }
  // A command script cannot be started without a shell.
  const linked = join(modules, '.bin', 'miniguard')
  return platform !== 'win32' && isExecutable(linked) ? linked : undefined
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
