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
  const bundle = json('l10n/bundle.l10n.zh-cn.json')
  assert.deepEqual(Object.keys(bundle).sort(), [...new Set(asked)].sort())
  for (const [english, chinese] of Object.entries(bundle)) assert.deepEqual(holes(chinese), holes(english), english)
})
