import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { PlugboardError } from '../../errors/index.ts'
import { SecretMask } from './secret-mask.ts'

const secret = 'sk-"quoted"/+ä?&key'

describe('a mask of secrets', () => {
  it.each([
    ['as it is', `the key ${secret} is wrong`],
    ['in JSON', JSON.stringify({ secret })],
    ['in JSON within JSON', JSON.stringify(JSON.stringify({ secret }))],
    ['in a URL', new URL(`https://host/path?key=${encodeURIComponent(secret)}`).href],
    ['in a Basic header', `Basic ${Buffer.from(`user:${secret}`).toString('base64')}`],
    ['in Base64 after one more byte', Buffer.from(`u:${secret}!`).toString('base64')],
    ['in Base64 after two more bytes', Buffer.from(`us:${secret}??`).toString('base64url')],
  ])('hides one %s', (_, text) => {
    const masked = new SecretMask([secret]).text(text)
    expect(masked).toContain('•••')
    expect(masked).not.toContain('quoted')
    for (const encoding of ['base64', 'base64url'] as const)
      expect(Buffer.from(masked, encoding).toString('latin1')).not.toContain('quoted')
  })

  it('leaves nothing of a secret that another one begins with', () => {
    expect(new SecretMask(['abcd', 'abcdefgh']).text('abcdefgh abcd')).toBe('••• •••')
  })

  it('leaves what is too short to be told from other text', () => {
    expect(new SecretMask(['', 'a', 'abc']).text('abc a cab')).toBe('abc a cab')
  })

  it('takes characters that mean something in patterns as they are', () => {
    const mask = new SecretMask(['a.*b$', '((([', '[a-z]'])
    expect(mask.text('a.*b$ axxb ((([')).toBe('••• axxb •••')
  })

  it('hides secrets in names and values of data, numbers too', () => {
    const mask = new SecretMask(['hunter2', '123456'])
    expect(mask.data({ hunter2: [{ deep: 'is hunter2' }, 123456, 12, null, true] })).toEqual({
      '•••': [{ deep: 'is •••' }, '•••', 12, null, true],
    })
  })

  it('hides secrets that became known later', () => {
    const mask = new SecretMask()
    expect(mask.text('hunter2')).toBe('hunter2')
    mask.add('hunter2')
    expect(mask.text('hunter2')).toBe('•••')
  })

  it('hides secrets in the message, stack and causes of an error, also of one that goes in a circle', () => {
    const cause = new AggregateError([new TypeError('hunter2 inside')], 'several with hunter2')
    const error = new Error('bad key hunter2', { cause })
    cause.cause = error
    expect(new SecretMask(['hunter2']).error(error)).toBe(error)
    expect(error.message).toBe('bad key •••')
    expect(inspect(error, { depth: 9 })).not.toContain('hunter2')
    const vendor = Object.assign(new Error('no'), { status: 401, headers: new Headers({ authorization: 'hunter2' }) })
    expect(inspect(new SecretMask(['hunter2']).error(vendor), { depth: 9 })).not.toContain('hunter2')
    expect(vendor.status).toBe(401)
    const ours = new PlugboardError({ code: 'timeout', message: 'timeout', where: { integration: 'hunter2' } })
    expect(new SecretMask(['hunter2', 'timeout']).error(ours)).toMatchObject({
      code: 'timeout',
      message: '•••',
      where: { integration: 'hunter2' },
    })
    const frozen = Object.freeze(new Error('hunter2'))
    expect(() => new SecretMask(['hunter2']).error(frozen)).not.toThrow()
    expect(new SecretMask(['hunter2']).error('no error')).toBe('no error')
  })
})
