import { expect, test } from 'vitest'
import { redaction } from './redaction.ts'

const shown = redaction({ redactFields: ['Token'], redactPatterns: ['x+'], textLength: 10 })

test('fields are hidden by name, in whatever case and however deep they are', () => {
  expect(shown({ a: [{ TOKEN: { b: 1 }, c: 'axxb' }] })).toEqual({ a: [{ TOKEN: '[redacted]', c: 'a[redacted…' }] })
})

test('what is large, deep or no plain data is told in short', () => {
  expect(shown('a'.repeat(20_000))).toBe('aaaaaaaaaa…')
  expect(shown('short')).toBe('short')
  expect(shown(new Uint8Array(3))).toBe('[3 bytes]')
  expect(shown(new Map())).toBe('[Map]')
  expect(shown(new Date(0))).toBe('1970-01-01T00:00:00.000Z')
  expect((shown(Array.from({ length: 60 }, () => 1)) as unknown[]).at(-1)).toBe('[10 more]')
  const circle: Record<string, unknown> = {}
  circle['again'] = circle
  expect(JSON.stringify(shown(circle))).toContain('[…]')
})
