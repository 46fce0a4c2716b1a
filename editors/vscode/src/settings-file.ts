// Edits of miniguard.json.
// Invariant: pure functions that keep what a person wrote: comments, order, layout.
import { applyEdits, modify, parseTree, findNodeAtLocation, type JSONPath } from 'jsonc-parser'

/** A finding that is to be shown no more. */
export interface Ignored {
  rule: string
  /** The file, relative to the settings file, with `/`. */
  file: string
  reason: string
}

/** `text` with an entry of `ignore`. */
export function withIgnored(text: string, ignored: Ignored): string {
  const { rule, file, reason } = ignored
  return edited(text, ['ignore', -1], { rule, file: literal(file), reason })
}

/** `text` with the rule switched off. */
export function withRuleOff(text: string, rule: string): string {
  return edited(text, ['rules', rule], 'off')
}

function edited(text: string, path: JSONPath, value: unknown): string {
  const source = text.trim() === '' ? '{}\n' : text
  const formattingOptions = { ...indentation(source), insertFinalNewline: true, eol: source.includes('\r\n') ? '\r\n' : '\n' }
  return applyEdits(source, modify(source, path, value, { formattingOptions, isArrayInsertion: path.at(-1) === -1 }))
}

function indentation(source: string): { insertSpaces: boolean; tabSize: number } {
  const root = parseTree(source)
  const first = root === undefined ? undefined : (findNodeAtLocation(root, []) ?? root).children?.[0]
  const line = first === undefined ? '' : source.slice(source.lastIndexOf('\n', first.offset) + 1, first.offset)
  return /^\t/.test(line) ? { insertSpaces: false, tabSize: 1 } : { insertSpaces: true, tabSize: /^ +$/.test(line) ? line.length : 2 }
}

/** A pattern that means exactly this file. A leading `!` would ask for a negation. */
function literal(file: string): string {
  return file.replace(/[[\]{}*?]/g, character => `[${character}]`).replace(/^!/, './!')
}
