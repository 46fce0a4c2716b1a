// Makes the npm packages: `node packages/npm/build.mjs --out FOLDER TARGET=EXECUTABLE…`, TARGET being a name of targets.json.
// One package for each TARGET that is given, and the launcher, which depends on those of all targets; each as a folder, and as a
// tarball beside it. Invariant: nothing is downloaded, and nothing in the checkout is changed.
import { execFileSync } from 'node:child_process'
import { chmodSync, copyFileSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'

const HERE = import.meta.dirname
const ROOT = resolve(HERE, '../..')
const LICENCES = ['LICENSE', 'LICENSE-MIT', 'LICENSE-APACHE']
/** What the launcher carries for editors, which so find it without a network. */
const SCHEMAS = {
  'editors/miniguard.schema.json': 'miniguard.schema.json',
  'editors/vscode/schemas/server-domains.schema.json': 'server-domains.schema.json',
  'editors/vscode/schemas/privacy-guide.schema.json': 'privacy-guide.schema.json'
}

const json = file => JSON.parse(readFileSync(file, 'utf8'))
const targets = json(join(HERE, 'targets.json'))

const { values, positionals } = parseArgs({ options: { out: { type: 'string' } }, allowPositionals: true })
if (values.out === undefined) throw new Error('--out FOLDER is missing')
const out = resolve(values.out)
const executables = new Map(positionals.map(pair => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]))
for (const name of executables.keys()) {
  if (!targets.some(target => target.name === name)) throw new Error(`${name} is no target of targets.json`)
}

const launcher = json(join(HERE, 'miniguard/package.json'))
// The one place where the version is written.
launcher.version = /^version = "(.+)"$/m.exec(readFileSync(join(ROOT, 'Cargo.toml'), 'utf8'))[1]
delete launcher.private
launcher.optionalDependencies = Object.fromEntries(targets.map(({ name }) => [`@miniguard/${name}`, launcher.version]))
launcher.publishConfig = { access: 'public', provenance: true }

rmSync(out, { recursive: true, force: true })
for (const [name, executable] of executables) {
  const target = targets.find(target => target.name === name)
  const { version, license, repository, homepage, bugs, publishConfig } = launcher
  const file = target.os === 'win32' ? 'miniguard.exe' : 'miniguard'
  const folder = begin(name, {
    name: `@miniguard/${name}`,
    version,
    description: `The executable of miniguard for ${name}; install the package miniguard.`,
    license, repository, homepage, bugs, publishConfig,
    os: [target.os],
    cpu: [target.cpu],
    ...(target.libc && { libc: [target.libc] }),
    // For Yarn Plug'n'Play: an executable has to be a file.
    preferUnplugged: true,
    files: [file, ...LICENCES]
  })
  copyFileSync(executable, join(folder, file))
  chmodSync(join(folder, file), 0o755)
  pack(folder)
}

const folder = begin('miniguard', launcher)
cpSync(join(HERE, 'miniguard/bin'), join(folder, 'bin'), { recursive: true })
for (const file of ['README.md', 'README.zh-CN.md']) copyFileSync(join(HERE, 'miniguard', file), join(folder, file))
mkdirSync(join(folder, 'schemas'))
for (const [from, to] of Object.entries(SCHEMAS)) copyFileSync(join(ROOT, from), join(folder, 'schemas', to))
pack(folder)

/** A folder with what each package has. */
function begin(name, content) {
  const folder = join(out, name)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), JSON.stringify(content, null, 2) + '\n')
  for (const file of LICENCES) copyFileSync(join(ROOT, file), join(folder, file))
  return folder
}

function pack(folder) {
  const options = { cwd: folder, encoding: 'utf8', shell: process.platform === 'win32' }
  const [{ filename, size }] = JSON.parse(execFileSync('npm', ['pack', '--json', '--pack-destination', out], options))
  console.log(`${String(size).padStart(10)}  ${join(out, filename)}`)
}
