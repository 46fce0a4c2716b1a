import assert from 'node:assert/strict'
import { test } from 'node:test'
import { count } from '../src/counts'

test('findings are counted by severity, over all files', () => {
  const [error, warning, information, hint] = [0, 1, 2, 3].map(severity => ({ source: 'miniguard', severity }))
  assert.deepEqual(count([['a.js', [error!, warning!, error!]], ['b.wxml', [hint!, information!]], ['c.js', []]]), [2, 1, 1, 1])
  assert.deepEqual(count([]), [0, 0, 0, 0])
})

test('other people\'s diagnostics are not counted', () => {
  assert.deepEqual(count([['a.js', [{ source: 'ts', severity: 0 }, { severity: 0 }, { source: 'miniguard', severity: 7 }]]]), [0, 0, 0, 0])
})
