import assert from 'node:assert/strict'
import { test } from 'node:test'
import { count } from '../src/counts'

const NONE = { errors: 0, warnings: 0, information: 0 }

test('findings are counted by severity, over all files, without hints, which the Problems panel does not list', () => {
  const [error, warning, information, hint] = [0, 1, 2, 3].map(severity => ({ source: 'miniguard', severity }))
  assert.deepEqual(count([['a.js', [error!, warning!, error!]], ['b.wxml', [hint!, information!]], ['c.js', []]]), { errors: 2, warnings: 1, information: 1 })
  assert.deepEqual(count([]), NONE)
})

test('other people\'s diagnostics are not counted', () => {
  assert.deepEqual(count([['a.js', [{ source: 'ts', severity: 0 }, { severity: 0 }, { source: 'miniguard', severity: 7 }]]]), NONE)
})
