import { describe, expect, test } from 'vitest'
import { type ErrorCode, errorCodes } from '../../errors/codes.ts'
import { PlugboardError } from '../../errors/index.ts'
import { canRepeat, failsAlone, refusesInput } from './can-repeat.ts'
import { interfaces } from './interfaces.fixture.ts'

const codes = Object.keys(errorCodes) as ErrorCode[]
const errorWith = (code: ErrorCode, cause?: unknown): PlugboardError =>
  new PlugboardError({ code, message: 'it failed', cause })
const nodeError = (fields: object): Error => Object.assign(new Error('it failed'), fields)

describe.each(interfaces)('what a failure shows, for $name', ({ once, idempotent }) => {
  test('an action that is not idempotent can be repeated after the listed codes alone', () => {
    expect(codes.filter((code) => canRepeat(errorWith(code), once.action))).toEqual([
      'input_invalid',
      'entity_invalid',
      'entity_stale',
      'installation_inactive',
      'registration_failed',
      'capability_missing',
      'vendor_unauthorized',
      'vendor_rate_limited',
      'vendor_refused',
      'rate_limited',
      'budget_exceeded',
    ])
  })

  test('an idempotent action can be repeated after any', () => {
    expect(codes.filter((code) => !canRepeat(errorWith(code), idempotent.action))).toEqual([])
  })

  test.each([
    { what: 'a refused connection', cause: nodeError({ code: 'ECONNREFUSED', syscall: 'connect' }) },
    { what: 'an unknown name', cause: nodeError({ code: 'ENOTFOUND', syscall: 'getaddrinfo' }) },
    { what: 'a connection not made in time', cause: nodeError({ code: 'UND_ERR_CONNECT_TIMEOUT' }) },
    { what: 'an unreachable network', cause: nodeError({ code: 'ENETUNREACH', syscall: 'connect' }) },
    {
      what: 'one that fetch tells of',
      cause: new TypeError('fetch failed', { cause: nodeError({ code: 'ECONNREFUSED' }) }),
    },
    {
      what: 'several addresses that all refuse',
      cause: new AggregateError([nodeError({ syscall: 'connect' }), nodeError({ code: 'ECONNREFUSED' })], 'all failed'),
    },
  ])('$what shows that nothing was done', ({ cause }) => {
    expect(canRepeat(errorWith('vendor_unavailable', cause), once.action)).toBe(true)
    expect(failsAlone(errorWith('vendor_failed', cause))).toBe(true)
  })

  test.each([
    { what: 'a connection that broke', cause: nodeError({ code: 'ECONNRESET', syscall: 'read' }) },
    {
      what: 'one of several attempts that went through',
      cause: new AggregateError([nodeError({ syscall: 'connect' }), nodeError({ syscall: 'read' })], 'all failed'),
    },
    { what: 'a cause that is no error', cause: { code: 'ECONNREFUSED' } },
  ])('$what shows nothing', ({ cause }) => {
    expect(canRepeat(errorWith('vendor_unavailable', cause), once.action)).toBe(false)
    expect(failsAlone(errorWith('vendor_failed', cause))).toBe(false)
  })

  test('an error that is its own cause is looked through to an end', () => {
    const cause = new Error('round')
    cause.cause = cause
    expect(canRepeat(errorWith('vendor_unavailable', cause), once.action)).toBe(false)
  })
})

test('another candidate may succeed after the listed codes, and after whatever is retryable but an abort', () => {
  expect(codes.filter((code) => failsAlone(errorWith(code)))).toEqual([
    'installation_inactive',
    'registration_failed',
    'vendor_unauthorized',
    'vendor_rate_limited',
    'vendor_unavailable',
    'timeout',
    'rate_limited',
    'budget_exceeded',
  ])
  const retryable = (code: ErrorCode): PlugboardError =>
    new PlugboardError({ code, message: 'it failed', retryable: true })
  expect(codes.filter((code) => !failsAlone(retryable(code)))).toEqual(['aborted'])
  expect(failsAlone(new Error('not one of ours'))).toBe(false)
})

test('the input is refused by the listed codes alone', () => {
  expect(codes.filter((code) => refusesInput(errorWith(code)))).toEqual([
    'input_invalid',
    'entity_invalid',
    'entity_stale',
    'capability_missing',
  ])
})
