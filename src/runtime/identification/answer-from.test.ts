import { describe, expect, it } from 'vitest'
import { answerFrom } from './answer-from.ts'

const text = { 'content-type': 'text/plain; charset=utf-8' }

describe('the answer that a script gives', () => {
  it.each([
    ['hello', { headers: text, body: 'hello' }],
    [{}, { headers: {} }],
    [
      { status: 403, body: '' },
      { status: 403, headers: text, body: '' },
    ],
    [
      { status: 204, body: null },
      { status: 204, headers: {} },
    ],
    [{ body: { a: 1 } }, { headers: { 'content-type': 'application/json' }, body: '{"a":1}' }],
    [
      { headers: { 'Content-Type': 'text/xml', 'X-Own': '1' }, body: '<a/>' },
      { headers: { 'content-type': 'text/xml', 'x-own': '1' }, body: '<a/>' },
    ],
  ])('is read from %j', (given, answer) => {
    expect(answerFrom(given)).toEqual(answer)
  })

  it.each([[null], [undefined]])('is none where it gives %j', (given) => {
    expect(answerFrom(given)).toBeUndefined()
  })

  it.each<[unknown, string]>([
    [7, 'neither null nor a text'],
    [['hello'], 'neither null nor a text'],
    [{ status: 42 }, 'status'],
    [{ status: '200' }, 'status'],
    [{ status: 200.5 }, 'status'],
    [{ headers: { x: 1 } }, 'headers'],
    [{ headers: ['x'] }, 'headers'],
    [{ headers: { x: 'a\r\nset-cookie: b' } }, 'headers'],
    [{ headers: { 'a b': 'c' } }, 'headers'],
    [{ code: 200 }, "'code'"],
    [{ body: 'x'.repeat(65_537) }, 'bytes'],
    [{ body: { a: 'ß'.repeat(32_767) } }, 'bytes'],
  ])('cannot be read from %j', (given, fault) => {
    expect(answerFrom(given)).toContain(fault)
  })
})
