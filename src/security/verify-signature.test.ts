import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { Secret } from './secret.ts'
import { type SignatureCheck, verifySignature } from './verify-signature.ts'

// https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries
const github: SignatureCheck = {
  secret: "It's a Secret to Everybody",
  payload: 'Hello, World!',
  signature: 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17',
  prefix: 'sha256=',
}

// https://docs.slack.dev/authentication/verifying-requests-from-slack
const slackBody = [
  'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar',
  'user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=',
  'response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN',
  'trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c',
].join('&')
const slack: SignatureCheck = {
  secret: '8f742231b10e8888abcd99yyyzzz85a5',
  payload: ['v0:', '1531420618', ':', slackBody],
  signature: 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
  prefix: 'v0=',
  timestamp: '1531420618',
  now: 1_531_420_618_000,
}

// https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
const standard: SignatureCheck = {
  secret: Buffer.from('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'base64'),
  payload: ['msg_p5jXN8AQM9LWM0D4loKWxJek', '.', '1614265330', '.', new TextEncoder().encode('{"test": 2432232314}')],
  signature: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  encoding: 'base64',
  prefix: 'v1,',
  separator: ' ',
  timestamp: '1614265330',
  now: 1_614_265_330_000,
}

describe.each([
  ['GitHub', github],
  ['Slack', slack],
  ['Standard Webhooks', standard],
])('what %s signs', (_, check) => {
  it('is taken as it is documented', () => expect(verifySignature(check)).toBe(true))

  it('is refused with another secret, payload or signature', () => {
    const signature = check.signature ?? ''
    const changed = (digit: string): string => (digit === '0' ? '1' : '0')
    const middle = signature.indexOf('9', 20)
    for (const forged of [
      { ...check, secret: 'other' },
      {
        ...check,
        payload: ['x', ...(typeof check.payload === 'string' ? [check.payload] : (check.payload as string[]))],
      },
      { ...check, signature: undefined },
      { ...check, signature: '' },
      { ...check, signature: check.prefix },
      { ...check, signature: signature.slice(0, -2) },
      { ...check, signature: `${signature}00` },
      { ...check, signature: signature.slice((check.prefix ?? '').length) },
      { ...check, signature: `${signature.slice(0, middle)}${changed('9')}${signature.slice(middle + 1)}` },
      { ...check, signature: `${signature.slice(0, middle)}ß${signature.slice(middle + 1)}` },
      { ...check, algorithm: 'sha512' as const },
    ])
      expect(verifySignature(forged)).toBe(false)
  })
})

describe('the time of a signature', () => {
  const at = (seconds: number, more: Partial<SignatureCheck> = {}) =>
    verifySignature({ ...slack, now: (1_531_420_618 + seconds) * 1000, ...more })

  it('is within five minutes, either way, or within what was said', () => {
    expect([-301, -300, 0, 300, 301].map((seconds) => at(seconds))).toEqual([false, true, true, true, false])
    expect([10, 11].map((seconds) => at(seconds, { tolerance: 10 }))).toEqual([true, false])
  })

  it.each([undefined, '', 'now', '-1531420618', '1531420618.5', '0x5b47a0ca', 'NaN', Number.NaN])(
    'is none if it is %s',
    (timestamp) => expect(at(0, { timestamp })).toBe(false),
  )
})

describe('a signature', () => {
  it('may be one of several, of which others have another version or secret', () => {
    const other = `v1,${Buffer.alloc(32).toString('base64')}`
    const several = (...signatures: string[]) => verifySignature({ ...standard, signature: signatures.join(' ') })
    expect(several('v1a,x', other, standard.signature ?? '')).toBe(true)
    expect(several(other, 'v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=')).toBe(false)
    expect(several(...Array.from({ length: 10 }, () => other), standard.signature ?? '')).toBe(false)
  })

  it('may be in any algorithm and encoding, of bytes, with a secret that hides itself', () => {
    const payload = new Uint8Array([0, 255, 10])
    for (const algorithm of ['sha1', 'sha256', 'sha512'] as const) {
      const digest = createHmac(algorithm, 'key').update(payload)
      const signature = digest.digest('base64url')
      expect(verifySignature({ secret: new Secret('key'), payload, signature, algorithm, encoding: 'base64' })).toBe(
        true,
      )
    }
    const upper = (github.signature ?? '').slice('sha256='.length).toUpperCase()
    expect(verifySignature({ ...github, signature: `sha256=${upper}` })).toBe(true)
  })

  it('is of nobody if the secret is not set, or empty', () => {
    for (const secret of ['', new Uint8Array(), new Secret(''), undefined])
      expect(() => verifySignature({ ...github, secret })).toThrow(expect.objectContaining({ code: 'secret_missing' }))
  })
})
