// Makes the .vsix: `npm run package -- [--target TARGET --server EXECUTABLE] [--out FOLDER]`. A package for a platform brings its
// server along; the one without a target looks for it by setting, in node_modules and on PATH.
import { execFileSync } from 'node:child_process'
import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { createVSIX, listFiles } from '@vscode/vsce'

/** Of one package. */
const LARGEST = 10 * 1024 * 1024

const { values } = parseArgs({
  options: { target: { type: 'string' }, server: { type: 'string' }, out: { type: 'string', default: '.' } }
})
if ((values.target === undefined) !== (values.server === undefined)) throw new Error('--target and --server go together')
const [server, out] = [values.server && resolve(values.server), resolve(values.out)]

process.chdir(import.meta.dirname)
execFileSync(process.execPath, ['build.mjs'], { stdio: 'inherit' })
rmSync('server', { recursive: true, force: true })
if (server !== undefined) {
  const name = values.target.startsWith('win32') ? 'miniguard.exe' : 'miniguard'
  mkdirSync('server')
  copyFileSync(server, join('server', name))
  chmodSync(join('server', name), 0o755)
}
const licences = ['../../LICENSE', '../../LICENSE-MIT', '../../LICENSE-APACHE']
writeFileSync('LICENSE.txt', licences.map(file => readFileSync(file, 'utf8')).join('\n\n'))

const { version } = JSON.parse(readFileSync('package.json', 'utf8'))
mkdirSync(out, { recursive: true })
const file = join(out, `miniguard-${[values.target, version].filter(Boolean).join('-')}.vsix`)
const links = 'https://github.com/miniguard/miniguard'
await createVSIX({
  packagePath: file,
  dependencies: false,
  ...(values.target && { target: values.target }),
  baseContentUrl: `${links}/blob/main/editors/vscode/`,
  baseImagesUrl: `${links}/raw/main/editors/vscode/`
})
const readme = readFileSync('README.md', 'utf8')
for (const name of (await listFiles({ dependencies: false })).sort()) {
  console.log(`${String(statSync(name).size).padStart(10)}  ${name}`)
  if (!readme.includes(`\`${name.replace(/\.exe$/, '')}\``)) throw new Error(`README.md does not say that the package holds ${name}`)
}
const { size } = statSync(file)
console.log(`${String(size).padStart(10)}  ${file}`)
if (size > LARGEST) throw new Error(`${file} is larger than ${LARGEST} bytes`)
