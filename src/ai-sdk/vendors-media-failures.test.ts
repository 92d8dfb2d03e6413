/** What vendors' embeddings, recordings and pictures make of a bad day, where a server only has to misbehave. */
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import google from '@plugboard/google'
import groq from '@plugboard/groq'
import mistral from '@plugboard/mistral'
import ollama from '@plugboard/ollama'
import openai from '@plugboard/openai'
import openaiCompatible from '@plugboard/openai-compatible'
import { BotDefinition } from 'plugboard'
import { startBot } from 'plugboard/runtime'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

type Answering = (response: ServerResponse) => void
let answering: Answering
let asked = 0
const server = createServer((request, response) => {
  request.resume()
  request.on('end', () => {
    asked += 1
    answering(response)
  })
})
const apiKey = 'a-key-that-nobody-may-read'

function start(origin: string) {
  const models = { defaultModel: 'm', defaultEmbeddingModel: 'm' }
  return startBot(
    new BotDefinition()
      .addIntegration(google, { configuration: { apiKey, baseUrl: `${origin}/v1beta` } })
      .addIntegration(groq, { configuration: { apiKey, baseUrl: `${origin}/openai/v1` } })
      .addIntegration(mistral, { configuration: { apiKey, baseUrl: `${origin}/v1` } })
      .addIntegration(ollama, { configuration: { apiKey, baseUrl: origin, ...models } })
      .addIntegration(openai, { configuration: { apiKey, baseUrl: `${origin}/v1` } })
      .addIntegration(openaiCompatible, { configuration: { apiKey, baseUrl: `${origin}/v1`, ...models } }),
  )
}
let bot: Awaited<ReturnType<typeof start>>
beforeAll(async () => {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  bot = await start(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
})
beforeEach(() => {
  asked = 0
})
afterAll(async () => {
  await bot.stop()
  server.closeAllConnections()
  server.close()
})

interface Options {
  readonly signal?: AbortSignal
}
const texts = { texts: ['a private matter'] }
const speech = () => ({ audio: { bytes: new Uint8Array(100), contentType: 'audio/wav' as const } })
const drawing = { prompt: 'a private matter' }

describe.each<[string, (options?: Options) => Promise<unknown>]>([
  ['google embeds', (options) => bot.actions.google.embed(texts, options)],
  ['mistral embeds', (options) => bot.actions.mistral.embed(texts, options)],
  ['ollama embeds', (options) => bot.actions.ollama.embed(texts, options)],
  ['openai embeds', (options) => bot.actions.openai.embed(texts, options)],
  ['openai-compatible embeds', (options) => bot.actions['openai-compatible'].embed(texts, options)],
  ['groq transcribes', (options) => bot.actions.groq.transcribe(speech(), options)],
  ['openai transcribes', (options) => bot.actions.openai.transcribe(speech(), options)],
  ['google draws', (options) => bot.actions.google.generateImage(drawing, options)],
  ['openai draws', (options) => bot.actions.openai.generateImage(drawing, options)],
])('where %s,', (_, call) => {
  const failure = async (options?: Options): Promise<unknown> => call(options).catch((error: unknown) => error)
  const json = { 'content-type': 'application/json' }
  const says =
    (status: number, body: string): Answering =>
    (response) =>
      void response.writeHead(status, json).end(body)
  const breaks: Answering = (response) => {
    response.writeHead(200, { ...json, 'content-length': 1000 })
    response.write('{"data":', () => response.destroy())
  }

  test.each<[string, Answering, object]>([
    ['a broken connection in the middle of an answer', breaks, { code: 'vendor_unavailable', retryable: true }],
    ['an oversized body', says(413, '{"error":{"message":"too large"}}'), { code: 'vendor_refused', retryable: false }],
    ['half a JSON', says(200, '{"private":'), { code: 'vendor_failed' }],
    ['another JSON', says(200, '{"private":true}'), { code: 'vendor_failed' }],
    ['a page', says(200, '<html>private</html>'), { code: 'vendor_failed' }],
  ])('%s is told, and asked for once', async (__, answer, expected) => {
    answering = answer
    const error = await failure()
    expect(error).toMatchObject(expected)
    expect(`${String(error)} ${JSON.stringify(error)} ${String((error as Error).cause)}`).not.toMatch(/a-key-|private/)
    expect(asked).toBe(1)
  })

  test('an abort midway is aborted, and closes the connection', async () => {
    const [begun, closed] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    answering = (response) => {
      response.on('close', closed.resolve)
      response.writeHead(200, { ...json, 'content-length': 1000 })
      response.write('{"data":', () => begun.resolve())
    }
    const controller = new AbortController()
    const failing = failure({ signal: controller.signal })
    await begun.promise
    controller.abort()
    expect(await failing).toMatchObject({ code: 'aborted' })
    await closed.promise
  })
})
