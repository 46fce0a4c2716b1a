// Builds the extension: `node build.mjs [--tests] [--watch]`.
// Invariant: all that the extension needs at run time is in out/extension.js and schemas/; node_modules is never packaged.
import { copyFileSync, readdirSync, rmSync } from 'node:fs'
import { build } from 'esbuild'

process.chdir(import.meta.dirname)
const tests = process.argv.includes('--tests')
const common = {
  bundle: true,
  platform: 'node',
  // What VS Code 1.67 runs extensions in.
  target: 'node16',
  format: 'cjs',
  // jsonc-parser's `main` loads its parts in a way that no bundler sees.
  mainFields: ['module', 'main'],
  external: ['vscode'],
  logLevel: 'warning'
}

rmSync('out', { recursive: true, force: true })
// Generated from the settings' table by the Rust tests; one original, no second copy to forget.
copyFileSync('../miniguard.schema.json', 'schemas/miniguard.schema.json')
await build({ ...common, entryPoints: ['src/extension.ts'], outfile: 'out/extension.js', minify: !tests, sourcemap: tests })
if (tests) {
  const entryPoints = readdirSync('test').filter(name => name.endsWith('.test.ts')).map(name => `test/${name}`)
  await build({ ...common, entryPoints, outdir: 'out/test', sourcemap: 'inline', packages: 'external' })
}
