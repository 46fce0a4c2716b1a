// The packages that the tests install: `node made.mjs EXECUTABLE FOLDER` makes them, for all platforms. What those of the others
// hold is never run: it is a line of text.
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

export const ROOT = resolve(import.meta.dirname, '../..')
export const TARGETS = JSON.parse(readFileSync(join(ROOT, 'packages/npm/targets.json'), 'utf8'))

const libc = process.report.getReport().header.glibcVersionRuntime ? 'glibc' : 'musl'
/** The target that this machine is. */
export const HERE = TARGETS.find(
  target => target.os === process.platform && target.cpu === process.arch && (!target.libc || target.libc === libc)
)

if (process.argv[1] === import.meta.filename) {
  const [executable, folder] = process.argv.slice(2)
  const stub = join(folder, '../stub')
  mkdirSync(folder, { recursive: true })
  writeFileSync(stub, 'an executable of another platform\n')
  const pairs = TARGETS.map(target => `${target.name}=${target === HERE ? executable : stub}`)
  execFileSync(process.execPath, [join(ROOT, 'packages/npm/build.mjs'), '--out', folder, ...pairs], { stdio: 'inherit' })
}
