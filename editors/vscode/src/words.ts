// The sentences of the extension, in the language of the editor. Not `vscode.l10n`, which editors before 1.73 lack.
import * as vscode from 'vscode'
import chinese from '../l10n/zh-cn.json'

const translations: Record<string, string> = vscode.env.language.toLowerCase().startsWith('zh') ? chinese : {}

/** `text` in the editor's language, with each `{0}` replaced by its value. */
export function t(text: string, ...values: (string | number)[]): string {
  return (translations[text] ?? text).replace(/\{(\d)\}/g, (hole, index: string) => String(values[Number(index)] ?? hole))
}
