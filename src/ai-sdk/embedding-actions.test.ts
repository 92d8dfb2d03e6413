import type { EmbeddingModelV4 } from '@ai-sdk/provider'
import { describe, expect, test } from 'vitest'
import { embeddingActions, type EmbeddingModel, type EmbedRequest } from './embedding-actions.ts'

const configuration = { apiKey: 'the-key', defaultEmbeddingModel: 'small' }
const models = [{ id: 'small', name: 'Small', dimensions: 2, price: { input: 2 } }]
type Asked = Parameters<EmbeddingModelV4['doEmbed']>[0]

/** A model that makes a vector of the length of a text, and notes what it was asked. */
function vendor(given: Partial<EmbeddingModelV4> = {}, version: 'v4' | 'v3' = 'v4') {
  const asked: Asked[] = []
  const model = {
    specificationVersion: version,
    provider: 'acme',
    modelId: 'small',
    maxEmbeddingsPerCall: 2,
    supportsParallelCalls: false,
    doEmbed: async (options: Asked) => {
      asked.push(options)
      return { embeddings: options.values.map((text) => [text.length, 1]), usage: { tokens: 10 }, warnings: [] }
    },
    ...given,
  } as EmbeddingModel
  const actions = embeddingActions({ name: 'acme', models, mostBytes: 100, connect: () => () => model })
  const embed = (input: EmbedRequest, signal = new AbortController().signal) =>
    actions.embed({ input, configuration, signal, logger: { warn: () => {} } })
  return { asked, embed, sent: () => asked.map(({ values }) => values) }
}
const texts = ['a', 'bb', 'ccc', 'dddd', 'eeeee']

test.each(['v4', 'v3'] as const)(
  'texts are sent as many at once as a model of %s takes, and come back in order',
  async (version) => {
    const { embed, sent } = vendor({}, version)
    expect(await embed({ texts })).toEqual({
      model: { id: 'small' },
      vectors: texts.map((text) => [text.length, 1]),
      dimensions: 2,
      usage: { inputTokens: 30 },
      cost: (30 * 2) / 1_000_000,
    })
    expect(sent()).toEqual([['a', 'bb'], ['ccc', 'dddd'], ['eeeee']])
  },
)

test('a request holds no more bytes than the vendor takes', async () => {
  const { embed, sent } = vendor({ maxEmbeddingsPerCall: undefined })
  await embed({ texts: ['é'.repeat(40), 'b'.repeat(20), 'c', 'd'.repeat(120)] })
  expect(sent().map((batch) => batch.length)).toEqual([2, 1, 1])
})

test('several requests at once keep the order, whichever ends first', async () => {
  const waiting: (() => void)[] = []
  const { embed } = vendor({
    supportsParallelCalls: true,
    doEmbed: async ({ values }) => {
      await new Promise<void>((resolve) => {
        waiting.push(resolve)
      })
      return { embeddings: values.map((text) => [text.length]), warnings: [] }
    },
  })
  const answer = embed({ texts })
  while (waiting.length < 3) await new Promise(setImmediate)
  for (const go of waiting.toReversed()) go()
  expect((await answer).vectors).toEqual([[1], [2], [3], [4], [5]])
})

test('nothing is given, and nothing more sent, where one of the requests fails', async () => {
  let calls = 0
  const { embed } = vendor({
    doEmbed: async ({ values }) => {
      calls += 1
      if (calls === 2) throw Object.assign(new Error('no'), { name: 'AI_APICallError', statusCode: 503 })
      return { embeddings: values.map(() => [1]), warnings: [] }
    },
  })
  await expect(embed({ texts })).rejects.toMatchObject({ code: 'vendor_unavailable' })
  expect(calls).toBe(2)
})

test('the length of vectors is asked for, and refused where the model makes another', async () => {
  const { embed, asked } = vendor()
  expect((await embed({ texts, dimensions: 2 })).dimensions).toBe(2)
  expect(asked[0]).toMatchObject({ dimensions: 2 })
  await expect(embed({ texts, dimensions: 3 })).rejects.toMatchObject({ code: 'vendor_refused' })
  await expect(vendor({}, 'v3').embed({ texts, dimensions: 2 })).rejects.toMatchObject({ code: 'vendor_refused' })
})

test('the cost is not known where the vendor does not count, or the model is not listed', async () => {
  const silent = vendor({ doEmbed: async ({ values }) => ({ embeddings: values.map(() => [1]), warnings: [] }) })
  expect(await silent.embed({ texts })).toMatchObject({ usage: { inputTokens: 0 }, cost: undefined })
  expect((await vendor().embed({ texts, model: { id: 'other' } })).cost).toBeUndefined()
})

describe('an answer that makes no sense', () => {
  test.each([
    ['is of too few vectors', [[1]]],
    ['is of vectors of several lengths', [[1], [1, 2]]],
    ['is of what is no number', [[1], [Number.NaN]]],
    ['is of empty vectors', [[], []]],
  ])('fails where it %s', async (_, embeddings) => {
    const { embed } = vendor({ doEmbed: async () => ({ embeddings, warnings: [] }) })
    await expect(embed({ texts: ['a', 'b'] })).rejects.toMatchObject({ code: 'vendor_failed' })
  })
})

test('an abort is passed on, and ends as aborted', async () => {
  const controller = new AbortController()
  const { embed } = vendor({
    doEmbed: ({ abortSignal }) =>
      new Promise((_, reject) => {
        abortSignal?.addEventListener('abort', () => reject(abortSignal.reason as Error))
        controller.abort()
      }),
  })
  await expect(embed({ texts }, controller.signal)).rejects.toMatchObject({ code: 'aborted' })
})

test('a model of another specification is refused by name', async () => {
  const { embed } = vendor({ specificationVersion: 'v2' as 'v4' })
  await expect(embed({ texts })).rejects.toMatchObject({
    code: 'vendor_failed',
    message: expect.stringContaining("'v2'"),
  })
})
