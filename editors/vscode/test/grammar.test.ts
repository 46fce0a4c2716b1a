// The TextMate grammar on test/grammar/*.wxml, by the engine that VS Code uses. `<name>.scopes` holds what is expected:
// each line of the file, and below it the scopes of its tokens, without the language's own suffix; UPDATE_EXPECT=1 rewrites it.
import assert from 'node:assert/strict'
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import * as oniguruma from 'vscode-oniguruma'
import { INITIAL, Registry, parseRawGrammar, type IGrammar } from 'vscode-textmate'

/** Stands for VS Code's own grammar of JavaScript: it shows where the grammar hands over. */
const JAVASCRIPT = JSON.stringify({ scopeName: 'source.js', patterns: [{ match: '\\bfunction\\b', name: 'storage.type.function.js' }] })

async function grammar(): Promise<IGrammar> {
  const wasm = createRequire(__filename).resolve('vscode-oniguruma/release/onig.wasm')
  await oniguruma.loadWASM(new Uint8Array(readFileSync(wasm)).buffer)
  const registry = new Registry({
    onigLib: Promise.resolve({
      createOnigScanner: patterns => new oniguruma.OnigScanner(patterns),
      createOnigString: text => new oniguruma.OnigString(text)
    }),
    loadGrammar: async scope =>
      scope === 'text.wxml'
        ? parseRawGrammar(readFileSync('syntaxes/wxml.tmLanguage.json', 'utf8'), 'wxml.json')
        : parseRawGrammar(JAVASCRIPT, 'javascript.json')
  })
  return (await registry.loadGrammar('text.wxml'))!
}

/** The tokens, line by line; and that nothing stays open at the end. */
function scopes(wxml: IGrammar, source: string): string {
  let state = INITIAL
  let shown = ''
  for (const line of source.split('\n')) {
    const { tokens, ruleStack } = wxml.tokenizeLine(line, state)
    state = ruleStack
    shown += `> ${line}\n`
    for (const token of tokens) {
      const text = line.slice(token.startIndex, token.endIndex)
      if (text.trim() === '') continue
      shown += `    ${text.padEnd(24)} ${token.scopes.slice(1).join(' ').replace(/\.wxml\b/g, '')}\n`
    }
  }
  assert.equal(state.depth, wxml.tokenizeLine('', INITIAL).ruleStack.depth, 'something stays open')
  return shown
}

test('templates are coloured as expected', async () => {
  const wxml = await grammar()
  for (const name of readdirSync('test/grammar').filter(name => name.endsWith('.wxml'))) {
    const source = readFileSync(`test/grammar/${name}`, 'utf8')
    const expected = `test/grammar/${name.replace(/wxml$/, 'scopes')}`
    const actual = scopes(wxml, source)
    if (process.env['UPDATE_EXPECT'] === '1') writeFileSync(expected, actual)
    assert.equal(actual, existsSync(expected) ? readFileSync(expected, 'utf8') : '', `${expected}: UPDATE_EXPECT=1 rewrites it`)
  }
})
