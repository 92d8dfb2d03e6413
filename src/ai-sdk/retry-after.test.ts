import { expect, test, vi } from 'vitest'
import { retryAfterOf } from './retry-after.ts'

test('milliseconds are taken before seconds', () => {
  expect(retryAfterOf({ 'retry-after-ms': '1500', 'retry-after': '9' })).toBe(1500)
})

test('seconds become milliseconds', () => {
  expect(retryAfterOf({ 'retry-after': '2' })).toBe(2000)
  expect(retryAfterOf({ 'retry-after': '0.5' })).toBe(500)
})

test('a date is counted from now', () => {
  vi.useFakeTimers({ now: Date.parse('2026-11-22T12:00:00Z') })
  expect(retryAfterOf({ 'retry-after': 'Sun, 22 Nov 2026 12:00:30 GMT' })).toBe(30_000)
  expect(retryAfterOf({ 'retry-after': 'Sun, 22 Nov 2026 11:00:00 GMT' })).toBe(0)
  vi.useRealTimers()
})

test('what cannot be read is not known', () => {
  expect(retryAfterOf(undefined)).toBeUndefined()
  expect(retryAfterOf({})).toBeUndefined()
  expect(retryAfterOf({ 'retry-after': 'soon' })).toBeUndefined()
  expect(retryAfterOf({ 'retry-after-ms': '-5', 'retry-after': '3' })).toBe(3000)
})
