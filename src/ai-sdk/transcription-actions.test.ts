import type { TranscriptionModelV4 } from '@ai-sdk/provider'
import { expect, test } from 'vitest'
import { transcriptionActions, type TranscribeRequest } from './transcription-actions.ts'

const configuration = { apiKey: 'the-key', defaultSpeechModel: 'small' }
const models = [
  { id: 'small', name: 'Small' },
  { id: 'timed', name: 'Timed', price: { minute: 0.6 }, shortest: 10_000, segments: true },
]
type Result = Awaited<ReturnType<TranscriptionModelV4['doGenerate']>>
const audio = { bytes: new Uint8Array([1]), contentType: 'audio/ogg; codecs=opus' }

function vendor(given: Partial<Result> = {}, version = 'v4') {
  const asked: unknown[] = []
  const doGenerate = async (options: unknown) => {
    asked.push(options)
    return { text: ' Hello. ', segments: [], language: undefined, durationInSeconds: undefined, warnings: [], ...given }
  }
  const model = { specificationVersion: version, doGenerate } as unknown as TranscriptionModelV4
  const actions = transcriptionActions({
    name: 'acme',
    models,
    connect: () => () => model,
    optionsFor: ({ language, prompt }) => ({ ...(language && { language }), ...(prompt && { prompt }) }),
  })
  const transcribe = (input: TranscribeRequest) =>
    actions.transcribe({ input, configuration, signal: new AbortController().signal, logger: { warn: () => {} } })
  return { asked, transcribe }
}

test.each(['v4', 'v3'])(
  'a recording is handed to a model of %s, with what the vendor calls the rest',
  async (version) => {
    const { asked, transcribe } = vendor({}, version)
    expect(await transcribe({ audio, language: 'en', prompt: 'Plugboard' })).toMatchObject({
      model: { id: 'small' },
      text: 'Hello.',
    })
    expect(asked).toMatchObject([
      {
        audio: audio.bytes,
        mediaType: 'audio/ogg',
        providerOptions: { acme: { language: 'en', prompt: 'Plugboard' } },
      },
    ])
  },
)

test('segments come in their order and do not overlap', async () => {
  const segments = [
    { text: ' you', startSecond: 0.8, endSecond: 2 },
    { text: ' Hello', startSecond: 0, endSecond: 1 },
  ]
  expect(await vendor({ segments }).transcribe({ audio, segments: true })).toMatchObject({
    model: { id: 'timed' },
    segments: [
      { text: 'Hello', start: 0, end: 1000 },
      { text: 'you', start: 1000, end: 2000 },
    ],
  })
  expect(await vendor({ segments }).transcribe({ audio })).not.toHaveProperty('segments')
})

test('segments are refused by a model that was asked for by name and gives none', async () => {
  await expect(vendor().transcribe({ audio, segments: true, model: { id: 'small' } })).rejects.toMatchObject({
    code: 'vendor_refused',
  })
})

test.each([
  ['english', 'en'],
  ['German', 'de'],
  ['pt', 'pt'],
  ['Klingonese', undefined],
])('a language that the vendor calls %j is %j', async (language, code) => {
  expect((await vendor({ language }).transcribe({ audio })).language).toBe(code)
})

test('the cost is by the minute, and of the shortest recording at least', async () => {
  const cost = async (durationInSeconds: number | undefined) =>
    (await vendor({ durationInSeconds }).transcribe({ audio, model: { id: 'timed' } })).cost
  expect(await cost(90)).toBeCloseTo(0.9, 12)
  expect(await cost(1)).toBeCloseTo(0.1, 12)
  expect(await cost(undefined)).toBeUndefined()
})
