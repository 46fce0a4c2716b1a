// A workspace that is not trusted yet: run by run.sh, like session.test.mjs. The workspace names an executable of its own, and has
// another in node_modules; each leaves a mark when it is run.
import assert from 'node:assert/strict'
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, before, test } from 'node:test'
import { start, untilFile } from './workbench.mjs'

const ROOT = resolve(import.meta.dirname, '../../..')
const { MINIGUARD, VSIX } = process.env
const place = mkdtempSync(join(tmpdir(), 'miniguard-trust-'))
const shop = join(place, 'teashop')
const mark = join(place, 'mark')

let vscode
before(async () => {
  cpSync(join(ROOT, 'fixtures/teashop'), shop, { recursive: true })
  mkdirSync(join(place, 'bin'))
  symlinkSync(MINIGUARD, join(place, 'bin/miniguard'))
  mkdirSync(join(shop, '.vscode'))
  mkdirSync(join(shop, 'node_modules/.bin'), { recursive: true })
  mkdirSync(join(shop, 'node_modules/miniguard'))
  for (const own of ['.vscode/miniguard', 'node_modules/.bin/miniguard']) {
    writeFileSync(join(shop, own), `#!/bin/sh\necho 'run ${own}' >>'${mark}'\nexec '${MINIGUARD}' "$@"\n`)
    chmodSync(join(shop, own), 0o755)
  }
  writeFileSync(join(shop, '.vscode/settings.json'), JSON.stringify({ 'miniguard.path': '${workspaceFolder}/.vscode/miniguard' }))
  vscode = await start({ folder: shop, vsix: VSIX, path: join(place, 'bin'), trust: true })
})
after(async () => {
  await vscode?.stop()
  rmSync(place, { recursive: true, force: true })
})

test('an executable that an untrusted workspace names is not run, until it is trusted', async () => {
  try {
    await vscode.page.locator('.statusbar', { hasText: 'Restricted Mode' }).waitFor()
    await vscode.untilStatus(/\d+ errors/)
    assert.ok(!existsSync(mark), 'the workspace had its executable run')

    await vscode.command('Workspaces: Manage Workspace Trust')
    await vscode.page.locator('.workspace-trust-editor').getByRole('button', { name: 'Trust', exact: true }).click()
    // The control: it would have been run.
    await untilFile(mark, text => text.includes('run .vscode'))
    await vscode.untilStatus(/\d+ errors/)
    // Without the setting, the one that npm installed.
    rmSync(join(shop, '.vscode/settings.json'))
    await untilFile(mark, text => text.includes('run node_modules/.bin'))
    await vscode.untilStatus(/\d+ errors/)
  } catch (error) {
    await vscode.failed()
    throw error
  }
})
