// Every text is there in both languages, and no translation is left over.
import assert from 'node:assert/strict'
import { readFileSync, readdirSync } from 'node:fs'
import { test } from 'node:test'

const read = (file: string): string => readFileSync(file, 'utf8')
const json = (file: string): Record<string, string> => JSON.parse(read(file))
const holes = (text: string): string[] => (text.match(/\{\d\}|command:[\w.]+|`[^`]+`/g) ?? []).sort()

test('package.nls files hold what package.json asks for', () => {
  const asked = new Set([...read('package.json').matchAll(/"%([\w.]+)%"/g)].map(match => match[1]!))
  for (const file of ['package.nls.json', 'package.nls.zh-cn.json']) {
    assert.deepEqual(Object.keys(json(file)).sort(), [...asked].sort(), file)
  }
  const chinese = json('package.nls.zh-cn.json')
  for (const [key, english] of Object.entries(json('package.nls.json'))) {
    assert.deepEqual(holes(chinese[key]!), holes(english), key)
    assert.match(chinese[key]!, /\p{Script=Han}/u, key)
  }
})

test('the messages of the sources are those of the bundle', () => {
  const sources = readdirSync('src').map(name => read(`src/${name}`)).join('\n')
  const asked = [...sources.matchAll(/\bt\(\s*'((?:[^'\\]|\\.)*)'/g)].map(match => match[1]!)
  const bundle = json('l10n/zh-cn.json')
  assert.deepEqual(Object.keys(bundle).sort(), [...new Set(asked)].sort())
  for (const [english, chinese] of Object.entries(bundle)) assert.deepEqual(holes(chinese), holes(english), english)
})

test('each page of the walkthrough is in both languages, and each of them in one', () => {
  const pages = readdirSync('walkthrough').sort()
  const english = pages.filter(name => !name.includes('.nls.'))
  assert.deepEqual(pages, english.flatMap(name => [name, name.replace('.md', '.nls.zh-cn.md')]).sort())
  for (const name of english) {
    assert.ok(read('package.json').includes(`walkthrough/${name}`), name)
    assert.doesNotMatch(read(`walkthrough/${name}`), /\p{Script=Han}/u, name)
    const chinese = read(`walkthrough/${name.replace('.md', '.nls.zh-cn.md')}`)
    assert.match(chinese, /^# .*\p{Script=Han}/u)
    assert.equal((chinese.match(/^```|^\d\. /gm) ?? []).length, (read(`walkthrough/${name}`).match(/^```|^\d\. /gm) ?? []).length, name)
  }
})

test('what the walkthrough ticks is a context that the sources set, a view or a command', () => {
  const sources = readdirSync('src').map(name => read(`src/${name}`)).join('\n')
  const contexts = [...read('package.json').matchAll(/(?:onContext:|"when": ")(miniguard\.\w+)/g)].map(match => match[1]!)
  assert.ok(contexts.length >= 4)
  for (const context of contexts) assert.ok(sources.includes(`'${context}'`), context)
})

test('every command of the palette is registered, and every command of a link is one', () => {
  const { commands } = JSON.parse(read('package.json')).contributes as { commands: { command: string }[] }
  const extension = read('src/extension.ts')
  for (const { command } of commands) assert.ok(extension.includes(`'${command}'`), command)
  for (const [, command] of read('package.nls.json').matchAll(/command:(miniguard\.\w+)/g)) assert.ok(commands.some(one => one.command === command), command)
})
