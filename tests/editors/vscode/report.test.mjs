// The compliance report in Chromium, as `miniguard report` writes it: in both languages, in a wide and in a narrow window and on a
// phone, light and dark. Run by run.sh; the pictures are for people to look at.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, before, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { browse, PICTURES } from './workbench.mjs'

const ROOT = resolve(import.meta.dirname, '../../..')
const { MINIGUARD } = process.env
const place = mkdtempSync(join(tmpdir(), 'miniguard-report-'))
const WINDOWS = { wide: [1280, 900], narrow: [500, 900], phone: [360, 740] }

let browser
before(async () => {
  mkdirSync(PICTURES, { recursive: true })
  browser = await browse()
})
after(async () => {
  await browser?.close()
  rmSync(place, { recursive: true, force: true })
})

for (const [language, title] of [['en', 'Compliance report'], ['zh', '合规报告']]) {
  test(`the report in ${language} fits every window, asks for nothing, and can be read in the dark`, async () => {
    const file = join(place, `${language}.html`)
    execFileSync(MINIGUARD, ['report', '--lang', language, '--output', file, join(ROOT, 'fixtures/teashop')])
    for (const [name, [width, height]] of Object.entries(WINDOWS)) {
      for (const colorScheme of ['light', 'dark']) {
        const context = await browser.newContext({ viewport: { width, height }, colorScheme })
        const page = await context.newPage()
        const asked = []
        page.on('request', request => asked.push(request.url()))
        await page.goto(pathToFileURL(file).href)
        assert.match(await page.title(), new RegExp(title, 'i'))
        assert.equal(asked.length, 1, `it loads ${asked}`)
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
        await page.screenshot({ path: join(PICTURES, `report-${language}-${name}-${colorScheme}.png`) })
        assert.ok(wide <= 0, `${name}: ${wide} pixels are outside the window`)
        const lightness = await page.evaluate(() => {
          const { color, backgroundColor } = getComputedStyle(document.body)
          const sum = text => (text.match(/\d+(\.\d+)?/g) ?? []).slice(0, 3).reduce((all, part) => all + Number(part), 0)
          return sum(backgroundColor) - sum(color)
        })
        assert.ok(colorScheme === 'dark' ? lightness < -300 : lightness > 300, `${colorScheme}: ${lightness}`)
        await context.close()
      }
    }
  })
}
