// A VS Code workbench in a browser, with a home of its own: tests do what a user does, by keys, clicks and text on the screen.
// Invariant: nothing here sleeps; a condition is tried until it holds, or the test fails.
import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createRequire } from 'node:module'

const ROOT = resolve(import.meta.dirname, '../../..')
const INSTALLED = join(ROOT, 'target/editors/vscode')
/** Screenshots of failures, and of what the README shows. */
export const PICTURES = join(ROOT, 'tests/editors/out')
/** In milliseconds: until anything that is waited for has come, on a slow machine. */
const PATIENCE = Number(process.env.MINIGUARD_PATIENCE ?? 60_000)

const require = createRequire(join(INSTALLED, 'workbench/'))
const { chromium } = require('playwright-core')

/** For a calm test: nothing starts, asks, saves or moves by itself. */
const SETTINGS = {
  'chat.disableAIFeatures': true,
  'editor.minimap.enabled': false,
  'extensions.autoCheckUpdates': false,
  'files.autoSave': 'off',
  'git.enabled': false,
  'javascript.validate.enable': false,
  'security.workspace.trust.untrustedFiles': 'open',
  'telemetry.telemetryLevel': 'off',
  'window.commandCenter': false,
  'workbench.colorTheme': 'Default Light Modern',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false
}

/** A browser of its own. */
export function browse() {
  const executablePath = process.env.MINIGUARD_CHROMIUM ?? '/usr/bin/chromium'
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'] })
}

/** The command line of the editor, as `code` is a user's, with all that it keeps in the home `place`. */
export function code(place) {
  const server = join(INSTALLED, 'workbench/node_modules/code-server/out/node/entry.js')
  const folders = ['--user-data-dir', join(place, 'data'), '--extensions-dir', join(place, 'extensions')]
  return [join(INSTALLED, 'node/current/bin/node'), server, '--config', join(place, 'config.yaml'), ...folders]
}

/**
 * Starts a workbench on `folder` with the extension `vsix`, or in the home `home`, in which one was installed by `code`. `path` is put in front of the user's PATH; `settings` are the user's;
 * `trust` leaves workspace trust on, as it is for a user; `locale` is the display language.
 */
export async function start({ folder, vsix, home, path, settings = {}, trust = false, locale = 'en' }) {
  const place = home ?? mkdtempSync(join(tmpdir(), 'miniguard-vscode-'))
  const data = join(place, 'data')
  const write = (name, content) => writeFileSync(join(data, name, 'settings.json'), JSON.stringify(content, null, 2))
  for (const name of ['User', 'Machine']) mkdirSync(join(data, name), { recursive: true })
  writeFileSync(join(place, 'config.yaml'), '')
  write('User', SETTINGS)
  // The user's settings for this machine: the only ones that are watched while the workbench runs in a browser.
  const ours = change => write('Machine', { ...settings, ...change })
  ours({})

  const [node, ...common] = code(place)
  // VS Code asks the user's login shell for PATH.
  writeFileSync(join(place, '.profile'), path ? `PATH='${path}':$PATH\n` : '')
  const env = { PATH: process.env.PATH, LANG: 'C.UTF-8', SHELL: '/bin/bash', HOME: place, XDG_CONFIG_HOME: place, XDG_DATA_HOME: place }
  if (vsix) await ended(spawn(node, [...common, '--install-extension', vsix], { env, stdio: ['ignore', 'pipe', 'pipe'] }))

  const port = await freePort()
  const options = ['--auth', 'none', '--disable-telemetry', '--disable-update-check', '--locale', locale]
  if (!trust) options.push('--disable-workspace-trust')
  const child = spawn(node, [...common, ...options, '--bind-addr', `127.0.0.1:${port}`], { env, detached: true, stdio: 'ignore' })
  const address = `http://127.0.0.1:${port}`
  await until('code-server', async () => (await fetch(`${address}/healthz`)).ok)

  const browser = await browse()
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale })
  const page = await context.newPage()
  page.setDefaultTimeout(PATIENCE)
  await page.goto(`${address}/?folder=${encodeURIComponent(folder)}`)
  await page.locator('.monaco-workbench').waitFor()
  const workbench = new Workbench(page, ours, place)
  workbench.stop = async () => {
    await browser.close()
    // The group: code-server's own children, the extension host and the language server.
    process.kill(-child.pid, 'SIGTERM')
    await ended(child).catch(() => {})
    rmSync(place, { recursive: true, force: true, maxRetries: 5 })
  }
  return workbench
}

class Workbench {
  constructor(page, settings, place) {
    /** The page, for what has no name here. */
    this.page = page
    /** Changes the user's settings to those given at the start and these. */
    this.settings = settings
    /** The home of this workbench. */
    this.place = place
  }

  /** Shows a file, by its path in the folder; with `at`, the cursor on the first `at` in the text of the file. */
  async open(file, at) {
    const { page } = this
    const name = file.split('/').at(-1)
    const [line, column] = at ?? [1, 1]
    // Keys that come before the workbench has settled are lost.
    await until(`${file} to open`, async () => {
      await this.quick('Control+p', `${file}:${line}:${column}`)
      const found = page.locator('.quick-input-widget:visible .monaco-list-row.focused .label-name').first()
      await until(name, async () => (await found.innerText({ timeout: 1000 })) === name, 5000)
      await page.keyboard.press('Enter')
      await page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor({ timeout: 5000 })
      return true
    })
    await page.locator('.editor-instance .view-lines .view-line').first().waitFor()
  }

  /** Runs a command by its title. */
  async command(title) {
    await until(`the command ${title}`, async () => {
      await this.quick('F1', `>${title}`)
      const found = this.page.locator('.quick-input-widget:visible .monaco-list-row.focused .label-name').first()
      await until(title, async () => (await found.innerText({ timeout: 1000 })) === title, 5000)
      await this.page.keyboard.press('Enter')
      // Gone, or in its place the list that the command asks to choose from.
      await until('it to run', async () => (await found.count()) === 0 || (await found.innerText({ timeout: 1000 })) !== title, 5000)
      return true
    })
  }

  /**
   * Waits until a file that was opened by a command is there and has the keys. What is typed before goes astray: into it, when
   * it takes the keys half-way.
   */
  async untilOpened(name) {
    await this.page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor()
    await this.page.locator('.editor-group-container.active .monaco-editor.focused').first().waitFor()
  }

  async quick(key, text) {
    const { page } = this
    await page.keyboard.press('Escape')
    await page.keyboard.press(key)
    const input = page.locator('.quick-input-widget:visible input.input')
    await input.waitFor({ timeout: 5000 })
    await input.fill(text)
  }

  /** Picks an entry of the list that is open. */
  async pick(text) {
    await this.page.locator('.quick-input-widget:visible .monaco-list-row', { hasText: text }).first().click()
  }

  /** Chooses a fix from the menu at the cursor, by keyboard; `picture` keeps one of the menu. */
  async choose(title, picture) {
    const { page } = this
    const menu = page.locator('.action-widget:not(.action-list-submenu-panel)')
    await until(`the fix "${title}"`, async () => {
      await page.keyboard.press('Escape')
      await page.keyboard.press('Control+.')
      await menu.locator('.monaco-list-row', { hasText: title }).first().waitFor({ timeout: 5000 })
      return true
    })
    if (picture) await this.picture(picture)
    await until(`"${title}" to be reached`, async () => {
      if ((await menu.locator('.monaco-list-row.focused', { hasText: title }).count()) > 0) return true
      await page.keyboard.press('ArrowDown')
      return false
    })
    await page.keyboard.press('Enter')
    await menu.waitFor({ state: 'hidden' })
  }

  /** Types into the box that is open, and confirms. */
  async answer(text) {
    const input = this.page.locator('.quick-input-widget:visible input.input')
    await input.fill(text)
    await this.page.keyboard.press('Enter')
  }

  /** Names a file in the dialog that is open. */
  async chooseFile(path) {
    const widget = this.page.locator('.quick-input-widget:visible')
    const input = widget.locator('input.input')
    // The dialog writes its own folder first, looks up what is written then, and takes Enter for something else until it has.
    await until(`the dialog to find ${path}`, async () => {
      await input.fill(path)
      await widget.locator('.monaco-list-row', { hasText: path.split('/').at(-1) }).first().waitFor({ timeout: 5000 })
      return (await input.inputValue()) === path
    })
    await until('the dialog to close', async () => {
      if ((await widget.count()) === 0) return true
      await this.page.keyboard.press('Enter')
      await widget.waitFor({ state: 'hidden', timeout: 5000 })
      return true
    })
  }

  /** The accessible text of the status bar's item. */
  async status() {
    return (await this.page.locator('[id="miniguard.miniguard.status"] a').getAttribute('aria-label')) ?? ''
  }

  async untilStatus(pattern) {
    let last
    const reached = async () => pattern.exec((last = await this.status()))
    return until(`the status ${pattern}`, reached).catch(error => {
      throw new Error(`${error.message}; it said last: ${last}`)
    })
  }

  /** Waits until the status bar counts what the command line finds. That reads the disk: no file may be open and not saved. */
  async untilCounts(miniguard, folder) {
    const unsaved = await this.page.locator('.tab.dirty').evaluateAll(tabs => tabs.map(tab => tab.dataset.resourceName))
    assert.deepEqual(unsaved.filter(name => !name.startsWith('Untitled')), [])
    const printed = execFileSync(miniguard, ['check', '--format', 'json', '--fail-on', 'never', folder], { encoding: 'utf8' })
    const { findings } = JSON.parse(printed)
    // Hints are drawn in the text and not listed as problems.
    const [errors, warnings, information] = ['error', 'warning', 'information'].map(
      severity => findings.filter(finding => finding.severity === severity).length
    )
    assert.ok(errors > 0 && warnings > 0)
    await this.untilStatus(new RegExp(`: ${errors} errors, ${warnings} warnings, ${information} information$`))
    return errors + warnings + information
  }

  /** Waits until the Problems panel, filtered by `text`, shows something or, if `none`, nothing. */
  async untilProblem(text, none = false) {
    const filter = this.filter()
    if (!(await filter.isVisible())) await this.command('Problems: Focus on Problems View')
    await filter.fill(text)
    const rows = this.page.locator('.markers-panel .monaco-list-row')
    const filtered = this.page.locator('.panel').getByText(/^(Showing \d+ of \d+|No results found)/).first()
    await until(`${none ? 'no ' : ''}problem "${text}"`, async () => {
      // What comes later is not looked for by itself, and only once the filter was seen to be empty.
      await filter.fill('')
      await filtered.waitFor({ state: 'hidden', timeout: 5000 })
      await filter.fill(text)
      await filtered.waitFor({ timeout: 5000 })
      // The list holds only visible rows: nothing is gone as long as it shows anything at all.
      return none ? (await rows.count()) === 0 : (await rows.filter({ hasText: text }).count()) > 0
    })
    await filter.fill('')
  }

  notification(text) {
    return this.page.locator('.notification-toast', { hasText: text })
  }

  /** Waits until a view shows a page that says `text`; gives all that it says. */
  async untilPage(text) {
    return until(`a page that says ${text}`, async () => {
      for (const frame of this.page.frames()) {
        const says = await frame.evaluate(() => document.body?.innerText ?? '').catch(() => '')
        if (frame !== this.page.mainFrame() && says.includes(text)) return says
      }
      return false
    })
  }

  /** Closes the active tab by its cross: a page in it keeps the keys. */
  async closeTab() {
    const cross = this.page.locator('.tab.active .tab-actions .action-label').first()
    const name = await this.page.locator('.tab.active').first().innerText()
    await cross.click()
    await until(`${name} to close`, async () => (await this.page.locator('.tab.active').first().innerText()) !== name)
  }

  /** The text of the active editor, as far as it is shown. */
  async text() {
    const lines = await this.page.locator('.editor-group-container.active .view-lines .view-line').allInnerTexts()
    return lines.join('\n').replaceAll('\u00a0', ' ')
  }

  /** Saves what is open and not saved. */
  async save() {
    const dirty = this.page.locator('.tab.dirty').first()
    await until('everything to be saved', async () => {
      await this.command('File: Save All Files')
      await dirty.waitFor({ state: 'detached', timeout: 5000 })
      return true
    })
  }

  /** All rows of the Problems panel: files, and what is said of each. */
  async problems() {
    const { page } = this
    const list = page.locator('.markers-panel .monaco-list').first()
    if (!(await list.isVisible())) await this.command('Problems: Focus on Problems View')
    await this.filter().fill('')
    await list.focus({ timeout: 5000 })
    const rows = new Map()
    const look = async () => {
      const seen = page.locator('.markers-panel .monaco-list-row')
      const says = all => all.map(row => [Number(row.dataset.index), row.getAttribute('aria-label') ?? row.innerText])
      for (const [index, text] of await seen.evaluateAll(says)) rows.set(index, text)
    }
    // The list holds only visible rows: it is walked through from its head; a page down may only reach the end of what is seen.
    await page.keyboard.press('Home')
    for (let idle = 0; idle < 5; await page.keyboard.press('PageDown')) {
      const known = rows.size
      await look()
      idle = rows.size > known ? 0 : idle + 1
    }
    return [...rows].sort(([a], [b]) => a - b).map(([, says]) => says)
  }

  filter() {
    return this.page.locator('.panel .viewpane-filter input, .panel .monaco-inputbox input').first()
  }

  /** Keeps the screen, the logs and the Problems panel for whoever looks into a failure. */
  async failed() {
    await this.picture('failed')
    cpSync(join(this.place, 'data/logs'), join(PICTURES, 'logs'), { recursive: true, force: true })
    // Not to hide the failure behind another.
    const rows = await this.problems().catch(error => [String(error)])
    writeFileSync(join(PICTURES, 'problems.txt'), rows.join('\n') + '\n')
  }

  /** Keeps a picture of the screen. */
  async picture(name) {
    mkdirSync(PICTURES, { recursive: true })
    await this.page.screenshot({ path: join(PICTURES, `${name}.png`) })
  }
}

/** Waits until `condition` gives something; what it throws counts as not yet. */
export async function until(what, condition, patience = PATIENCE) {
  const end = Date.now() + patience
  let last
  while (Date.now() < end) {
    try {
      const value = await condition()
      if (value) return value
    } catch (error) {
      last = error
    }
    await new Promise(done => setTimeout(done, 50))
  }
  throw new Error(`waited in vain for ${what}${last ? `: ${last}` : ''}`)
}

/** The text of a file once it passes `condition`. */
export function untilFile(file, condition) {
  return until(file, () => existsSync(file) && condition(readFileSync(file, 'utf8')))
}

function ended(child) {
  return new Promise((fine, failed) => {
    let said = ''
    child.stdout?.on('data', data => (said += data))
    child.stderr?.on('data', data => (said += data))
    child.on('error', failed)
    child.on('exit', code => (code === 0 ? fine() : failed(new Error(`exit status ${code}\n${said}`))))
  })
}

function freePort() {
  return new Promise((fine, failed) => {
    const server = createServer().on('error', failed)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => fine(port))
    })
  })
}
