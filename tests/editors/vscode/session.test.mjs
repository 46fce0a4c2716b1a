// A user's day in VS Code, step after step in one workbench: run by run.sh, which sets MINIGUARD (the server) and VSIX
// (the extension, without a server).
// Invariant: each step leaves the program as the next one needs it.
import assert from 'node:assert/strict'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, before, test } from 'node:test'
import { start, until, untilFile } from './workbench.mjs'

const ROOT = resolve(import.meta.dirname, '../../..')
const { MINIGUARD, VSIX } = process.env
const place = mkdtempSync(join(tmpdir(), 'miniguard-session-'))
const shop = join(place, 'teashop')
const bin = join(place, 'bin')

let vscode
before(async () => {
  cpSync(join(ROOT, 'fixtures/teashop'), shop, { recursive: true })
  mkdirSync(bin)
  symlinkSync(MINIGUARD, join(bin, 'miniguard'))
  vscode = await start({ folder: shop, vsix: VSIX, path: bin })
})
after(async () => {
  await vscode?.stop()
  rmSync(place, { recursive: true, force: true })
})

/** A step: a failure leaves a picture, and ends the session. */
let failed = false
function step(name, run) {
  test(name, async context => {
    if (failed) return context.skip('a step before it failed')
    failed = true
    try {
      await run()
      failed = false
    } finally {
      if (failed) await vscode?.failed()
    }
  })
}

/** The servers that run on our program. */
function servers() {
  return readdirSync('/proc').filter(pid => {
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
      return command[1] === 'lsp' && readlinkSync(`/proc/${pid}/exe`) === MINIGUARD && command[0].startsWith(place)
    } catch {
      return false
    }
  })
}

function line(file, text) {
  const lines = readFileSync(join(shop, file), 'utf8').split('\n')
  const row = lines.findIndex(line => line.includes(text))
  assert.notEqual(row, -1, `${text} is not in ${file}`)
  return [row + 1, lines[row].indexOf(text) + 1]
}

/** Waits until the status bar counts what the command line finds. */
const countsAreRight = () => vscode.untilCounts(MINIGUARD, shop)

step('opening a program starts the server, and the counts are those of the command line', async () => {
  await countsAreRight()
})

step('the status bar counts what the Problems panel counts', async () => {
  const counted = await countsAreRight()
  await vscode.command('Problems: Focus on Problems View')
  const badge = vscode.page.locator('.panel .action-item', { hasText: 'Problems' }).locator('.badge-content')
  await until(`the panel to count ${counted}`, async () => (await badge.innerText()) === String(counted))
  await vscode.picture('counts')
})

step('a finding is underlined, and stands in the Problems panel', async () => {
  await vscode.open('pages/checkout/checkout.js', line('pages/checkout/checkout.js', 'chooseAddress'))
  await vscode.page.locator('.squiggly-error').first().waitFor()
  await vscode.untilProblem('wx.chooseAddress is not declared')
})

step('hovering says what the interface demands', async () => {
  await vscode.open('pages/checkout/checkout.js', line('pages/checkout/checkout.js', 'chooseAddress'))
  await vscode.command('Show or Focus Hover')
  await vscode.page.locator('.monaco-hover:visible', { hasText: 'requiredPrivateInfos' }).first().waitFor()
  await vscode.picture('hover')
  await vscode.page.keyboard.press('Escape')
})

step('the light bulb, by keyboard, declares the interface in app.json, and the finding goes', async () => {
  await vscode.open('pages/checkout/checkout.js', line('pages/checkout/checkout.js', 'chooseAddress'))
  await vscode.choose('Declare chooseAddress in app.json', 'quick-fix')
  await vscode.page.locator('.tab.dirty[data-resource-name="app.json"]').waitFor()
  await vscode.save()
  await untilFile(join(shop, 'app.json'), text => JSON.parse(text).requiredPrivateInfos.includes('chooseAddress'))
  await vscode.untilProblem('wx.chooseAddress is not declared', true)
  await countsAreRight()
})

step('edits with Chinese and emoji keep places right, and a fix lands there', async () => {
  const file = 'pages/menu/menu.js'
  await vscode.open(file, line(file, "url: 'http://"))
  await vscode.page.keyboard.insertText('/* 茶')
  await vscode.page.keyboard.insertText('🍵👨‍👩‍👧')
  await vscode.page.keyboard.insertText('叶子 */ ')
  // The cursor stands before `url:` still; the place to mend is behind it, in the same line.
  for (let i = 0; i < 8; i++) await vscode.page.keyboard.press('ArrowRight')
  await vscode.choose('Use https://')
  await until('the edit', async () => (await vscode.text()).includes("url: 'https://api.teashop.example.com/coupons'"))
  await vscode.save()
  await untilFile(join(shop, file), text => text.includes("/* 茶🍵👨‍👩‍👧叶子 */ url: 'https://api.teashop.example.com/coupons'"))
})

step('templates are WXML: coloured, with findings and hovers', async () => {
  const file = 'pages/me/me.wxml'
  await vscode.open(file, line(file, 'open-type="getPhoneNumber"'))
  await vscode.page.locator('[id="status.editor.mode"]', { hasText: 'WXML' }).waitFor()
  // The tag, an attribute, a value and an expression have colours of their own.
  await until('colours', async () => {
    const spans = vscode.page.locator('.view-lines span[class^="mtk"]')
    return new Set(await spans.evaluateAll(all => all.map(one => one.className))).size >= 4
  })
  await vscode.page.locator('.squiggly-info').first().waitFor()
  await vscode.command('Show or Focus Hover')
  await vscode.page.locator('.monaco-hover:visible', { hasText: 'getPhoneNumber' }).first().waitFor()
  await vscode.page.keyboard.press('Escape')
})

step('a handler in a template leads to its method', async () => {
  await vscode.open('pages/me/me.wxml', line('pages/me/me.wxml', 'onPhone'))
  await until('the method', async () => {
    await vscode.page.keyboard.press('F12')
    await vscode.page.locator('.tab.active[data-resource-name="me.js"]').waitFor({ timeout: 5000 })
    return true
  })
  const [row] = line('pages/me/me.js', 'onPhone')
  await vscode.page.locator('[id="status.editor.selection"]', { hasText: `Ln ${row},` }).waitFor()
})

step('the way of a host is shown, from where it is written to the call', async () => {
  await vscode.open('config.js', line('config.js', "'https://stats.example.net"))
  const peek = vscode.page.locator('.reference-zone-widget')
  await until('the steps', async () => {
    await vscode.command('miniguard: Show Data Flow')
    await peek.locator('.monaco-list-row', { hasText: 'request.js' }).first().waitFor({ timeout: 5000 })
    return true
  })
  await peek.locator('.monaco-list-row', { hasText: 'config.js' }).first().waitFor()
  await vscode.picture('data-flow')
  await vscode.page.keyboard.press('Escape')
  await peek.waitFor({ state: 'hidden' })
})

step('settings and lists are completed by their schemas', async () => {
  await vscode.open('server-domains.json', line('server-domains.json', 'uploaddomain'))
  await vscode.command('Show or Focus Hover')
  await vscode.page.locator('.monaco-hover:visible', { hasText: 'uploadFile 合法域名' }).first().waitFor()
  await vscode.page.keyboard.press('Escape')
})

step('an answer of the platform becomes the list of domains', async () => {
  const lists = JSON.parse(readFileSync(join(shop, 'server-domains.json'), 'utf8'))
  lists.requestdomain.push('https://stats.example.net')
  const answer = join(place, 'answer.json')
  writeFileSync(answer, JSON.stringify(lists))
  await vscode.untilProblem('https://stats.example.net')
  await vscode.command('miniguard: Import Domain List…')
  await vscode.chooseFile(answer)
  await untilFile(join(shop, 'server-domains.json'), text => text.includes('https://stats.example.net'))
  await vscode.untilOpened('server-domains.json')
  await vscode.untilProblem('https://stats.example.net is not in', true)
  await countsAreRight()
})

step('the inventory is shown as a document', async () => {
  await vscode.command('miniguard: Export Inventory…')
  await vscode.pick('JSON')
  await until('the document', async () => (await vscode.text()).includes('"miniguard/inventory/1"'))
})

step('the compliance report is a page in a tab, which runs nothing', async () => {
  await vscode.command('miniguard: Open Compliance Report')
  const page = await vscode.untilPage('Compliance report')
  assert.match(page, /wx\.chooseAddress/)
  assert.match(page, /What WeChat will detect/)
  await vscode.closeTab()
})

step('the privacy guide is written, with what the program takes', async () => {
  const file = join(shop, 'privacy-guide.json')
  rmSync(file, { force: true })
  await vscode.command('miniguard: Write Privacy Guide')
  await untilFile(file, text => JSON.parse(text).setting_list.some(({ privacy_key }) => privacy_key === 'Address'))
  await vscode.untilOpened('privacy-guide.json')
  await vscode.closeTab()
})

step('the settings are written with a comment on each, and what is there already stays', async () => {
  const [settings, list] = ['miniguard.json', 'server-domains.json'].map(name => join(shop, name))
  const kept = readFileSync(list, 'utf8')
  rmSync(settings, { force: true })
  await vscode.command('miniguard: Set Up (miniguard.json and Domain List)')
  await untilFile(settings, text => text.includes('// "exclude"'))
  await vscode.untilOpened('miniguard.json')
  assert.equal(readFileSync(list, 'utf8'), kept)
  await vscode.closeTab()
  // The next step begins with a program that has none.
  rmSync(settings)
  await countsAreRight()
})

step('the walkthrough ticks what is done, and asks for nothing that is there', async () => {
  await vscode.command('Welcome: Open Walkthrough...')
  await vscode.pick('Begin with miniguard')
  const steps = vscode.page.locator('.getting-started-step')
  await steps.filter({ hasText: 'Open a mini-program' }).waitFor()
  // Opened, checked; a list of domains and a privacy guide are there.
  const done = steps.filter({ has: vscode.page.locator('.codicon.complete') })
  await until('three ticks', async () => (await done.count()) === 3)
  assert.equal(await steps.filter({ hasText: 'Get the server' }).count(), 0, 'there is a server')
  await vscode.picture('walkthrough')
  await vscode.closeTab()
})

step('a finding is ignored in miniguard.json, with a reason', async () => {
  const file = 'pages/menu/menu.js'
  await vscode.open(file, line(file, "'https://203.0.113.8/prices'"))
  await vscode.choose('Ignore address-url in miniguard.json…')
  await vscode.pick('In this file')
  await vscode.answer('店内设备 🖨')
  const settings = await untilFile(join(shop, 'miniguard.json'), text => text.includes('address-url') && text)
  assert.deepEqual(JSON.parse(settings).ignore, [{ rule: 'address-url', file, reason: '店内设备 🖨' }])
  await vscode.untilOpened('miniguard.json')
  await vscode.untilProblem('203.0.113.8', true)
  await countsAreRight()
})

step('restart gives another server, which knows the same', async () => {
  const [before, ...more] = servers()
  assert.deepEqual(more, [], 'one server for one window')
  await vscode.command('miniguard: Restart')
  await until('another server', () => servers().length === 1 && servers()[0] !== before)
  await countsAreRight()
})

step('a server that dies is started again, until it dies too often; that is said, and a button starts it', async () => {
  const killed = new Set()
  const givenUp = vscode.notification('miniguard ended 5 times within minutes and is not started again.')
  // On a busy machine the status may still speak of the server before: one that is killed before it answers is one death more.
  await until('the client to give up', async () => {
    if (await givenUp.isVisible()) return true
    const alive = servers().find(one => !killed.has(one))
    if (alive && /errors/.test(await vscode.status())) {
      killed.add(alive)
      process.kill(Number(alive), 'SIGKILL')
    }
    return false
  })
  assert.ok(killed.size >= 5, `${killed.size} servers were killed`)
  await vscode.untilStatus(/does not run/)
  assert.deepEqual(servers(), [])
  await vscode.notification('is not started again').getByRole('button', { name: 'Restart' }).click()
  await vscode.untilStatus(/\d+ errors/)
})

step('the language of findings follows the setting', async () => {
  vscode.settings({ 'miniguard.locale': 'zh-CN' })
  await vscode.untilProblem('不在“request 合法域名”列表中')
  await vscode.open('pages/me/me.wxml', line('pages/me/me.wxml', 'open-type="getPhoneNumber"'))
  await vscode.untilProblem('open-type=getPhoneNumber 涉及个人信息')
  await vscode.picture('chinese')
  vscode.settings({})
  await vscode.untilProblem('is not in the list of request domains')
})

step('a path that names no executable is said, with what to do', async () => {
  const path = join(place, 'no-such-miniguard')
  vscode.settings({ 'miniguard.path': path })
  const message = vscode.notification(`The setting miniguard.path names ${path}, which is no executable.`)
  await message.waitFor()
  await vscode.untilStatus(/does not run/)
  assert.deepEqual(servers(), [])
  await message.getByRole('button', { name: 'How to install' }).waitFor()
  await vscode.picture('broken-path')
  await message.getByRole('button', { name: 'Open settings' }).click()
  await vscode.page.locator('.settings-editor .setting-item-contents', { hasText: 'Path of the miniguard executable' }).first().waitFor()
  vscode.settings({ 'miniguard.path': MINIGUARD })
  await vscode.untilStatus(/\d+ errors/)
})
