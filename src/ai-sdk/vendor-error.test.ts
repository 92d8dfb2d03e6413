import { inspect } from 'node:util'
import { APICallError, JSONParseError, TypeValidationError, UnsupportedFunctionalityError } from '@ai-sdk/provider'
import { PlugboardError } from 'plugboard'
import { describe, expect, test } from 'vitest'
import { vendorError } from './vendor-error.ts'

const secret = 'sk-very-secret-key'
/** As `JSON.parse` throws it: it quotes the beginning of the text. */
function unreadable(text: string) {
  try {
    JSON.parse(text)
  } catch (cause) {
    return new JSONParseError({ text, cause })
  }
  throw new Error('the text can be read')
}
const { signal } = new AbortController()
const mapped = (error: unknown) => vendorError(error, { vendor: 'acme', signal, secrets: [secret] })

function refused(statusCode: number | undefined, more: Partial<ConstructorParameters<typeof APICallError>[0]> = {}) {
  return new APICallError({
    message: `no, ${secret}`,
    url: `https://api.example/v1?key=${secret}`,
    requestBodyValues: { messages: [{ content: 'a private matter' }], key: secret },
    responseHeaders: { 'set-cookie': 'session=private' },
    responseBody: `{"echo":"${secret}"}`,
    statusCode,
    ...more,
  })
}

/** Everything that a log could find in an error, hidden properties too. */
const everythingIn = (error: unknown) => inspect(error, { depth: Infinity, showHidden: true, getters: true })

describe('the status of an answer', () => {
  test.each([
    [400, 'vendor_refused', false],
    [401, 'vendor_unauthorized', false],
    [403, 'vendor_unauthorized', false],
    [404, 'vendor_refused', false],
    [408, 'vendor_unavailable', true],
    [409, 'vendor_unavailable', true],
    [413, 'vendor_refused', false],
    [422, 'vendor_refused', false],
    [429, 'vendor_rate_limited', true],
    [500, 'vendor_unavailable', true],
    [503, 'vendor_unavailable', true],
    [529, 'vendor_unavailable', true],
  ])('%i is %s', (status, code, retryable) => {
    expect(mapped(refused(status))).toMatchObject({ code, retryable })
    expect(mapped(refused(status)).message).toContain(`(${status})`)
  })

  test('brings the time to wait', () => {
    expect(mapped(refused(429, { responseHeaders: { 'retry-after': '7' } })).retryAfter).toBe(7000)
    expect(mapped(refused(529, { responseHeaders: { 'retry-after-ms': '20' } })).retryAfter).toBe(20)
    expect(mapped(refused(429)).retryAfter).toBeUndefined()
  })

  test.each([
    { error: { code: 'insufficient_quota' } },
    { error: { type: 'rate_limit_error', details: { error_code: 'enforced_spend_limit_reached' } } },
  ])('429 is not worth another attempt where the money is spent', (data) => {
    expect(mapped(refused(429, { data, responseHeaders: { 'retry-after': '7' } }))).toMatchObject({
      code: 'vendor_rate_limited',
      retryable: false,
      retryAfter: undefined,
    })
  })

  test.each([
    { message: 'Your input is too long.', data: { error: { code: 'context_length_exceeded' } } },
    { message: 'prompt is too long: 208310 tokens > 200000 maximum' },
    { message: 'input length and `max_tokens` exceed context limit: 190000 + 20000 > 200000' },
    { message: 'The input token count (1048577) exceeds the maximum number of tokens allowed (1048576).' },
    { message: 'Prompt contains 40000 tokens, too large for model with 32768 maximum context length' },
  ])('400 says where it does so that the conversation is too long: $message', (more) => {
    expect(mapped(refused(400, more))).toMatchObject({ code: 'context_exceeded', retryable: false })
  })

  test('is read from an error inside a stream too', () => {
    expect(mapped({ message: 'Overloaded', type: 'overloaded_error', statusCode: 529, data: {} })).toMatchObject({
      code: 'vendor_unavailable',
      retryable: true,
    })
  })
})

describe('a connection that fails', () => {
  const system = (code: string) => Object.assign(new Error(`connect ${code} 127.0.0.1:1`), { code })

  test.each([
    [
      'refused, as the provider package says it',
      refused(undefined, { isRetryable: true, cause: system('ECONNREFUSED') }),
    ],
    ['broken while the answer was read', refused(200, { isRetryable: true, cause: new TypeError('terminated') })],
    ['refused, as fetch says it', new TypeError('fetch failed', { cause: system('ECONNREFUSED') })],
    ['broken, as fetch says it', new TypeError('terminated', { cause: system('UND_ERR_SOCKET') })],
    ['to a name that does not exist', new TypeError('fetch failed', { cause: system('ENOTFOUND') })],
    ['after too long', new DOMException('timed out', 'TimeoutError')],
  ])('%s is vendor_unavailable', (_, error) => {
    expect(mapped(error)).toMatchObject({ code: 'vendor_unavailable', retryable: true })
  })
})

describe('an answer that cannot be used', () => {
  test.each([
    ['no JSON', refused(200, { message: 'Invalid JSON response', cause: unreadable('private') })],
    ['no JSON in a stream', unreadable('private')],
    ['another form', new TypeValidationError({ value: { private: secret }, cause: new Error('x') })],
    ['a defect of the provider package', new Error('oops')],
    ['something that is no error', 'oops'],
    ['nothing', undefined],
  ])('%s is vendor_failed', (_, error) => {
    expect(mapped(error)).toMatchObject({ code: 'vendor_failed', retryable: false })
  })
})

test('an abort is aborted, whatever the provider package throws', () => {
  const controller = new AbortController()
  controller.abort()
  const call = { vendor: 'acme', signal: controller.signal, secrets: [] }
  expect(vendorError(refused(500), call).code).toBe('aborted')
  expect(vendorError(new TypeError('terminated'), call).code).toBe('aborted')
  expect(mapped(new DOMException('aborted', 'AbortError')).code).toBe('aborted')
})

test('the reason of an abort is kept where it is an error of Plugboard', () => {
  const controller = new AbortController()
  const reason = new PlugboardError({ code: 'timeout', message: 'too slow' })
  controller.abort(reason)
  expect(vendorError(new Error('x'), { vendor: 'acme', signal: controller.signal, secrets: [] })).toBe(reason)
})

test('an error of Plugboard stays as it is', () => {
  const error = new PlugboardError({ code: 'stream_broken', message: 'x' })
  expect(mapped(error)).toBe(error)
})

describe('what an error tells', () => {
  test.each([
    ['a refusal', refused(401)],
    ['a refusal behind another error', new Error('wrapped', { cause: refused(401) })],
    ['an unreadable answer', refused(200, { cause: unreadable('private matter') })],
    ['an unreadable piece', unreadable('private matter')],
    ['a piece that the provider package did not wrap', unreadable('private matter').cause],
    [
      'a piece of another form',
      new TypeValidationError({ value: { text: `a private matter ${secret}` }, cause: new Error('x') }),
    ],
  ])('holds neither key, nor headers, nor content: %s', (_, error) => {
    const everything = everythingIn(mapped(error))
    expect(everything).not.toContain(secret)
    expect(everything).not.toContain('private')
    expect(JSON.stringify(mapped(error))).not.toContain(secret)
  })

  test('is what the vendor says, without the key', () => {
    expect(mapped(refused(400)).message).toBe('acme refused the request (400): no, •••')
    expect(mapped(new UnsupportedFunctionalityError({ functionality: 'files' })).message).toContain(
      "'files' functionality not supported",
    )
  })

  test('is never long', () => {
    expect(mapped(refused(400, { message: 'x'.repeat(5000) })).message.length).toBeLessThan(400)
  })

  test('keeps name, code, place and cause', () => {
    const cause = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
    expect(mapped(refused(undefined, { isRetryable: true, cause })).cause).toMatchObject({
      name: 'AI_APICallError',
      stack: expect.stringContaining('vendor-error.test.ts'),
      cause: { message: 'connect ECONNREFUSED', code: 'ECONNREFUSED' },
    })
  })

  test('ends where an error is its own cause', () => {
    const error: Error & { cause?: unknown } = new Error('round')
    error.cause = error
    expect(mapped(error).code).toBe('vendor_failed')
  })
})
