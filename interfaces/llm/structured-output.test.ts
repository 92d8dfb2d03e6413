import { describe, expect, it } from 'vitest'
import { type ResponseFormat, structuredReader } from 'plugboard/interfaces/llm'

const schema = {
  type: 'object',
  properties: {
    city: { type: 'string' },
    unit: { enum: ['c', 'f'], default: 'c' },
    days: { type: 'array', items: { $ref: '#/$defs/day' } },
  },
  required: ['city'],
  additionalProperties: false,
  $defs: { day: { type: 'object', properties: { high: { type: ['number', 'null'] } }, required: ['high'] } },
}

describe('a reader of structured answers', () => {
  const read = structuredReader({ schema })

  it('gives what the text says, with nothing added and nothing lost', () => {
    const value = { city: 'Bern', days: [{ high: 21.5, sky: 'clear' }, { high: null }] }
    expect(read(` ${JSON.stringify(value, undefined, 2)}\n`)).toEqual(value)
  })

  it.each([
    ['{"unit":"c"}', 'city (invalid_type)'],
    ['{"city":"Bern","wind":3}', 'the whole (unrecognized_keys)'],
    ['{"city":"Bern","days":[{"high":1},{}]}', 'days.1.high'],
    ['[]', 'the whole (invalid_type)'],
  ])('refuses %s and names the place', (text, place) => {
    expect(() => read(text)).toThrow(
      expect.objectContaining({ code: 'vendor_failed', retryable: true, message: expect.stringContaining(place) }),
    )
  })

  it.each(['', 'Sure! {"city":"Bern"}', '{"city":"Bern"'])('refuses %j, which is no JSON', (text) => {
    expect(() => read(text)).toThrow(expect.objectContaining({ code: 'vendor_failed', retryable: true }))
  })

  it('tells nothing of what was said', () => {
    expect(() => read('{"city":{"secret":"rosebud"},"other secret":1}')).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('secret') }),
    )
  })
})

it.each<ResponseFormat['schema']>([
  { type: 'wat' },
  { $ref: 'https://example.com/schema' },
  { type: 'object', if: {} },
])('a schema that nothing can be judged by is refused: %j', (odd) => {
  expect(() => structuredReader({ schema: odd })).toThrow(
    expect.objectContaining({ code: 'input_invalid', where: { path: 'responseFormat.schema' } }),
  )
})
