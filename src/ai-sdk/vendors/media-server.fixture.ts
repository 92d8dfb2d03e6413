/** Embeddings, recordings and pictures over the vendors' wire formats, which the server of language models has only in part. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { apiKey } from './language-models.fixture.ts'

const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=='
/** What goes wrong with every request. */
export type Fault = 'rateLimited' | 'unavailable' | 'refused' | 'malformed' | 'slow'

export class MediaServer {
  fault: Fault | undefined
  /** The most texts of a request, as the vendor in question has it. */
  mostTexts = 2048
  readonly requests: { path: string; body: string }[] = []
  readonly #server = createServer((request, response) => void this.#answer(request, response))

  static async start(): Promise<MediaServer> {
    const media = new MediaServer()
    await new Promise<void>((resolve) => {
      media.#server.listen(0, '127.0.0.1', resolve)
    })
    return media
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => {
      this.#server.close(resolve)
    })
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const body = Buffer.concat(chunks).toString('latin1')
    const path = request.url ?? ''
    this.requests.push({ path, body })
    const isGoogle = path.startsWith('/v1beta')
    const key = isGoogle ? request.headers['x-goog-api-key'] : request.headers.authorization?.slice('Bearer '.length)
    const send = (status: number, value: unknown, headers = {}) =>
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value))
    const fail = (status: number, message: string, headers = {}, details: unknown[] = []) =>
      send(
        status,
        { error: { message, type: 'error', code: isGoogle ? status : 'error', status: 'FAILED', details } },
        headers,
      )
    if (key !== apiKey)
      return void (isGoogle
        ? fail(400, 'API key not valid.', {}, [
            { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'API_KEY_INVALID' },
          ])
        : fail(401, 'Incorrect API key provided.'))
    if (this.fault === 'rateLimited')
      return void (isGoogle
        ? fail(429, 'Quota exceeded.', {}, [
            { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '6.5s' },
          ])
        : fail(429, 'Slow down.', { 'retry-after': '7' }))
    if (this.fault === 'unavailable') return void response.destroy()
    if (this.fault === 'refused') return void fail(400, 'No such parameter.')
    if (this.fault === 'malformed') return void response.writeHead(200).end('{"data":')
    if (this.fault === 'slow') return
    if (path.endsWith('/models')) return void send(200, { data: [{ id: 'small' }, { id: 'large' }] })
    if (path.endsWith('/api/tags'))
      return void send(200, {
        models: [
          { model: 'small', details: { family: 'llama' } },
          { model: 'large', details: { family: 'nomic-bert' }, capabilities: ['embedding'] },
        ],
      })
    if (path.endsWith('/audio/transcriptions')) return transcribe(body, send, fail)
    const asked = JSON.parse(Buffer.from(body, 'latin1').toString()) as Asked
    if (path.endsWith('/images/generations'))
      return void send(200, { created: 1, data: Array.from({ length: asked.n ?? 1 }, () => ({ b64_json: png })) })
    if (path.endsWith(':generateContent'))
      return void send(200, {
        candidates: [
          { content: { parts: [{ inlineData: { mimeType: 'image/png', data: png } }] }, finishReason: 'STOP' },
        ],
      })
    const texts = asked.input ?? (asked.requests ?? [asked]).map((one) => one.content?.parts[0]?.text ?? '')
    if (texts.length > this.mostTexts) return void fail(400, 'Too many texts.')
    const length = asked.dimensions ?? asked.output_dimension ?? asked.outputDimensionality
    const size = length ?? asked.requests?.[0]?.outputDimensionality ?? 256
    const vectors = texts.map((text) => vectorOf(text, size))
    if (path.endsWith(':embedContent')) return void send(200, { embedding: { values: vectors[0] } })
    if (path.endsWith(':batchEmbedContents'))
      return void send(200, { embeddings: vectors.map((values) => ({ values })) })
    send(200, {
      object: 'list',
      data: vectors.map((embedding, index) => ({ object: 'embedding', index, embedding })),
      model: asked.model,
      usage: { prompt_tokens: texts.length * 10, total_tokens: texts.length * 10 },
    })
  }
}

interface Asked {
  model?: string
  n?: number
  input?: string[]
  requests?: Asked[]
  content?: { parts: { text?: string }[] }
  dimensions?: number
  output_dimension?: number
  outputDimensionality?: number
}

type Send = (status: number, value: unknown) => unknown

/** Answers as the form field `response_format` asks for; refuses what is no recording. */
function transcribe(body: string, send: Send, fail: (status: number, message: string) => unknown): void {
  if (!/content-type: audio\//i.test(body)) return void fail(400, 'Invalid file format.')
  const text = ' Hello from the recording.'
  const x_groq = { id: 'r1' }
  if (!/verbose_json/.test(body)) return void send(200, { text, x_groq })
  const detail = { seek: 0, tokens: [], temperature: 0, avg_logprob: 0, compression_ratio: 1, no_speech_prob: 0 }
  const segments = [
    { id: 0, start: 0, end: 1.5, text: ' Hello', ...detail },
    { id: 1, start: 1.2, end: 2, text: ' from the recording.', ...detail },
  ]
  send(200, { task: 'transcribe', text, language: 'english', duration: 2, segments, x_groq })
}

/** A vector that counts words, so that texts with the same words are near. */
function vectorOf(text: string, size: number): number[] {
  const vector = Array.from({ length: size }, () => 0.001)
  for (const word of text.toLowerCase().match(/[a-z]+|\d+/g) ?? []) {
    const place = Array.from(word).reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1_000_003, 7) % size
    vector[place] = (vector[place] ?? 0) + 1
  }
  return vector
}
