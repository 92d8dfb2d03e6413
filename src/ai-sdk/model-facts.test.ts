import { describe, expect, test } from 'vitest'
import { costOf, listed, type ModelFacts, pricesOf } from './model-facts.ts'

const small: ModelFacts = {
  id: 'small',
  name: 'Small',
  contextWindow: 1000,
  prices: [
    { upTo: 100, input: 1, output: 10, cacheRead: 0.1, cacheWrite: 2 },
    { input: 3, output: 30 },
  ],
}
const usage = (input: number | undefined, output: number | undefined, cacheRead?: number, cacheWrite?: number) => ({
  inputTokens: { total: input, noCache: undefined, cacheRead, cacheWrite },
  outputTokens: { total: output, text: undefined, reasoning: undefined },
})

describe('the cost of a call', () => {
  test('is price times tokens', () => {
    expect(costOf(small.prices, usage(100, 7))).toBeCloseTo((100 * 1 + 7 * 10) / 1_000_000, 12)
  })

  test('follows the length of the input, for all of the call', () => {
    expect(costOf(small.prices, usage(101, 7))).toBeCloseTo((101 * 3 + 7 * 30) / 1_000_000, 12)
  })

  test('tells cached input from other input', () => {
    expect(costOf(small.prices, usage(100, 0, 60, 30))).toBeCloseTo((10 * 1 + 60 * 0.1 + 30 * 2) / 1_000_000, 12)
  })

  test('takes cached input as input where no price is known for it', () => {
    expect(costOf(small.prices, usage(200, 0, 60, 30))).toBeCloseTo((200 * 3) / 1_000_000, 12)
  })

  test('is not known without a price or without a count', () => {
    expect(costOf(undefined, usage(1, 1))).toBeUndefined()
    expect(costOf(small.prices, usage(undefined, 1))).toBeUndefined()
    expect(costOf(small.prices, usage(1, undefined))).toBeUndefined()
  })
})

test('the first id of which prices are known gives them, the configured before the published', () => {
  expect(pricesOf([small], undefined, ['small-2026-11-22', 'small'])).toBe(small.prices)
  expect(pricesOf([small], undefined, ['other'])).toBeUndefined()
  const own = { small: { input: 7, output: 8 }, other: { input: 1, output: 1 } }
  expect(pricesOf([small], own, ['small-2026-11-22', 'small'])).toEqual([own.small])
  expect(pricesOf([small], own, ['other'])).toEqual([own.other])
  expect(pricesOf([small], own, ['toString'])).toBeUndefined()
  expect(listed(small, own).price).toEqual({ input: 7, output: 8 })
})

test('a model is listed with the price of an ordinary input', () => {
  expect(listed(small)).toEqual({
    model: { id: 'small' },
    name: 'Small',
    contextWindow: 1000,
    price: { input: 1, output: 10 },
  })
  expect(listed({ id: 'free', name: 'Free' }).price).toBeUndefined()
})
