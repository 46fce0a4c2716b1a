// Two mini-programs in one window, and a window without any: run by run.sh, like session.test.mjs.
import assert from 'node:assert/strict'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, test } from 'node:test'
import { start, until } from './workbench.mjs'

const ROOT = resolve(import.meta.dirname, '../../..')
const { MINIGUARD, VSIX } = process.env
const place = mkdtempSync(join(tmpdir(), 'miniguard-programs-'))
mkdirSync(join(place, 'bin'))
symlinkSync(MINIGUARD, join(place, 'bin/miniguard'))
after(() => rmSync(place, { recursive: true, force: true }))

/** Opens a folder, and closes the window afterwards. */
async function within(folder, run) {
  const vscode = await start({ folder, vsix: VSIX, path: join(place, 'bin') })
  try {
    await run(vscode)
  } catch (error) {
    await vscode.failed()
    throw error
  } finally {
    await vscode.stop()
  }
}

test('two programs in one window are counted together, and a command asks which it is about', async () => {
  const shops = join(place, 'shops')
  cpSync(join(ROOT, 'fixtures/teashop'), join(shops, 'tea'), { recursive: true })
  cpSync(join(ROOT, 'fixtures/teashop'), join(shops, 'coffee'), { recursive: true })
  // So that the two can be told apart.
  writeFileSync(join(shops, 'coffee/miniguard.json'), JSON.stringify({ rules: { 'address-url': 'off', 'insecure-url': 'off' } }))
  await within(shops, async vscode => {
    await vscode.untilCounts(MINIGUARD, shops)
    await vscode.command('miniguard: Export Inventory…')
    await vscode.pick('coffee')
    await vscode.pick('JSON')
    await until('the document', async () => (await vscode.text()).includes('"miniguard/inventory/1"'))
  })
})

test('in a window without a program the extension stays out of the way', async () => {
  const site = join(place, 'site')
  mkdirSync(site)
  writeFileSync(join(site, 'package.json'), '{ "name": "a-website" }\n')
  writeFileSync(join(site, 'index.js'), 'wx.getLocation({})\n')
  await within(site, async vscode => {
    await vscode.open('index.js')
    // What is started with the window is there by now; a command of ours starts it, and nothing is found.
    assert.equal(await vscode.page.locator('[id="miniguard.miniguard.status"]').count(), 0)
    await vscode.command('miniguard: Restart')
    await vscode.untilStatus(/: 0 errors, 0 warnings, 0 information$/)
    await vscode.command('miniguard: Show Output')
    await vscode.page.locator('.panel .view-line', { hasText: 'No mini-program here' }).first().waitFor()
  })
})
