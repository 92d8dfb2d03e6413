import { describe, expect, it } from 'vitest'
import { fingerprintOf } from './fingerprint.ts'

const given = { configurationType: undefined, configuration: { token: 'abc', pages: { size: 5 } }, secrets: {} }

describe('a fingerprint', () => {
  it('is the same for the same configuration, in whatever order it was written', () => {
    const first = fingerprintOf(given)
    const again = { ...given, configuration: { pages: { size: 5 }, token: 'abc' } }
    expect(fingerprintOf(again, first)).toBe(first)
  })

  it.each([
    ['a value', { ...given, configuration: { ...given.configuration, token: 'abd' } }],
    ['a secret', { ...given, secrets: { KEY: 'x' } }],
    ['the type', { ...given, configurationType: 'guest' }],
  ])('is another one for another %s', (_, other) => {
    const first = fingerprintOf(given)
    expect(fingerprintOf(other, first)).not.toBe(first)
  })

  it('cannot be looked up: it is another one each time that none is given to compare it with', () => {
    expect(fingerprintOf(given)).not.toBe(fingerprintOf(given))
  })

  it('is never the same where there is something that cannot be compared', () => {
    const odd = { ...given, configuration: { when: new Date(0) } }
    const first = fingerprintOf(odd)
    expect(fingerprintOf(odd, first)).not.toBe(first)
  })
})
