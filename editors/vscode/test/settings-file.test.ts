import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withIgnored, withRuleOff } from '../src/settings-file'

const finding = { rule: 'insecure-url', file: 'pages/menu/menu.js', reason: '店内打印机 🖨' }

test('a settings file begins with the entry', () => {
  assert.equal(
    withIgnored('', finding),
    '{\n  "ignore": [\n    {\n      "rule": "insecure-url",\n      "file": "pages/menu/menu.js",\n      "reason": "店内打印机 🖨"\n    }\n  ]\n}\n'
  )
})

test('comments, order and layout of what is there stay', () => {
  const before = '// ours\n{\n\t"exclude": ["vendor"], // 第三方\n\t"rules": {\n\t\t"address-url": "hint"\n\t}\n}\n'
  assert.equal(
    withRuleOff(before, 'insecure-url'),
    '// ours\n{\n\t"exclude": ["vendor"], // 第三方\n\t"rules": {\n\t\t"address-url": "hint",\n\t\t"insecure-url": "off"\n\t}\n}\n'
  )
})

test('an entry goes behind those that are there', () => {
  const once = withIgnored('{"language": "zh"}', finding)
  const twice = JSON.parse(withIgnored(once, { ...finding, file: 'app.js' }))
  assert.deepEqual(twice, { language: 'zh', ignore: [finding, { ...finding, file: 'app.js' }] })
})

test('the line ends of the file are kept', () => {
  assert.doesNotMatch(withRuleOff('{\r\n  "language": "zh"\r\n}\r\n', 'insecure-url'), /[^\r]\n/)
})

test('a file name with the signs of a pattern means itself', () => {
  const { ignore } = JSON.parse(withIgnored('{}', { ...finding, file: '!pages/[id]/{a}*.js' }))
  assert.equal(ignore[0].file, './!pages/[[]id[]]/[{]a[}][*].js')
})
