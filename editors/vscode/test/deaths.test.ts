import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Deaths, LIVES, PERIOD } from '../src/deaths'

test('a server that dies ten times at once is given up', () => {
  const deaths = new Deaths()
  const restarts = Array.from({ length: 10 }, (_, i) => deaths.note(i * 1000))
  assert.deepEqual(restarts, restarts.map((_, i) => i < LIVES))
})

test('one that dies now and then is started again, for ever', () => {
  const deaths = new Deaths()
  for (let i = 0; i < 50; i++) assert.equal(deaths.note((i * PERIOD) / LIVES), true)
})

test('a restart by hand forgets earlier deaths', () => {
  const deaths = new Deaths()
  for (let i = 0; i < 10; i++) deaths.note(i)
  deaths.forget()
  assert.equal(deaths.note(11), true)
})
