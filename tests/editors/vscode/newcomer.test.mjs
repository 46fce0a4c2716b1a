// A newcomer's first minutes: the commands of editors/vscode/README.md, as they stand there, in a checkout and a home of their own;
// then what the page says next. Run by run.sh, like session.test.mjs. Two commands are stood in for: `cargo` has built already, and
// `code` is the workbench's.
import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, test } from 'node:test'
import { code, start, until, untilFile } from './workbench.mjs'

const ROOT = resolve(import.meta.dirname, '../../..')
const { MINIGUARD } = process.env
const place = mkdtempSync(join(tmpdir(), 'miniguard-newcomer-'))
const [checkout, home, bin] = ['checkout', 'home', 'bin'].map(name => join(place, name))
after(() => rmSync(place, { recursive: true, force: true, maxRetries: 5 }))

function script(name, text) {
  writeFileSync(join(bin, name), `#!/bin/sh\nset -e\n${text}`, { mode: 0o755 })
}

function installed() {
  mkdirSync(home)
  mkdirSync(bin)
  const wanted = ['editors', 'fixtures/teashop', 'LICENSE', 'LICENSE-MIT', 'LICENSE-APACHE']
  const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '--', ...wanted], { cwd: ROOT, encoding: 'utf8' })
  for (const file of files.split('\n').filter(file => file && existsSync(join(ROOT, file)))) cpSync(join(ROOT, file), join(checkout, file))
  const quoted = code(home).map(word => `'${word}'`).join(' ')
  // Without its symbols, as a release is.
  script('cargo', `test "$*" = 'build --release'\nmkdir -p target/release\ncp '${MINIGUARD}' target/release/\nstrip target/release/miniguard\n`)
  script('code', `case $1 in --install-extension) exec ${quoted} "$@" ;; *) cd "$1" && pwd >'${place}/opened' ;; esac\n`)
  const [, commands] = /```sh\n(.*?)```/s.exec(readFileSync(join(ROOT, 'editors/vscode/README.md'), 'utf8'))
  const [, chinese] = /```sh\n(.*?)```/s.exec(readFileSync(join(ROOT, 'editors/vscode/README.zh-CN.md'), 'utf8'))
  assert.equal(chinese, commands, 'both pages say the same')
  // How packages are had is the machine's: its settings of npm stay.
  const npm = name => execFileSync('npm', ['config', 'get', name], { encoding: 'utf8' }).trim()
  const settings = { npm_config_userconfig: npm('userconfig'), npm_config_cache: npm('cache') }
  const env = { ...process.env, ...settings, PATH: `${bin}:${process.env.PATH}`, HOME: home, LANG: 'C.UTF-8' }
  const { status, stdout, stderr } = spawnSync('bash', ['-e'], { cwd: checkout, env, input: commands, encoding: 'utf8' })
  assert.equal(status, 0, stdout + stderr)
  return readFileSync(join(place, 'opened'), 'utf8').trim()
}

test('the commands of the README bring an editor that finds, and mends', async () => {
  const folder = installed()
  const vscode = await start({ folder, home })
  try {
    // Nothing named miniguard is on PATH: this is the server that the package brought.
    await vscode.untilCounts(MINIGUARD, folder)
    const file = 'pages/checkout/checkout.js'
    const lines = readFileSync(join(folder, file), 'utf8').split('\n')
    const row = lines.findIndex(line => line.includes('wx.chooseAddress'))
    await vscode.open(file, [row + 1, lines[row].indexOf('chooseAddress') + 1])
    await vscode.choose('Declare chooseAddress in app.json')
    await vscode.page.locator('.tab.dirty[data-resource-name="app.json"]').waitFor()
    await vscode.save()
    await untilFile(join(folder, 'app.json'), text => JSON.parse(text).requiredPrivateInfos.includes('chooseAddress'))
    await vscode.untilCounts(MINIGUARD, folder)
    await vscode.command('miniguard: Show Output')
    await until('the bundled server', () => vscode.page.locator('.panel .view-line', { hasText: '(bundled)' }).first().isVisible())
    await vscode.picture('newcomer')
  } catch (error) {
    await vscode.failed()
    throw error
  } finally {
    await vscode.stop()
  }
})
