import { createHash, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { type Disbelief, disbeliefOf } from './signature.fixture.ts'

/** The bucket that is there. */
export const bucket = 'plugboard-tests'
const fewestBytes = 5 * 1_048_576
const longestPage = 1000

/** An object as it is stored. */
interface Stored {
  readonly body: Uint8Array
  readonly type: string
  readonly tag: string
  readonly modified: Date
}
/** What a server does with a request, instead of answering it. */
export type Answer = (response: ServerResponse) => void

/** A request that came, by what the documentation calls it. */
export interface Asked {
  readonly operation: string
  readonly key: string
  readonly query: URLSearchParams
  readonly body: Uint8Array
}

/** What the documentation of S3 says of the calls that the integration makes, in memory. Signatures are checked. */
export class BucketServer implements AsyncDisposable {
  readonly url: string
  readonly objects = new Map<string, Stored>()
  /** Uploads that were begun, and neither completed nor aborted. */
  readonly uploads = new Map<string, { key: string; type: string; parts: Map<number, Uint8Array> }>()
  /** What was asked, the latest last. */
  readonly asked: Asked[] = []
  /** Whether lists are encoded when that is asked for. Some servers do not. */
  encodes = true
  readonly #server: Server
  readonly #instead = new Map<string, Answer[]>()

  private constructor(server: Server) {
    this.#server = server
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      this.#take(request, response).catch(() => response.destroy())
    })
  }

  static async start(): Promise<BucketServer> {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    return new BucketServer(server)
  }

  /** Answers requests for an operation otherwise, one by one. The list by which an installation begins is none of them. */
  instead(operation: string, ...answers: readonly Answer[]): void {
    this.#instead.set(operation, [...answers])
  }

  forget(): void {
    this.#instead.clear()
  }

  /** Stores something as another program would. */
  put(key: string, text: string, type = 'text/plain'): void {
    this.objects.set(key, stored(Buffer.from(text), type))
  }

  /** How many connections are open. */
  async connections(): Promise<number> {
    const { promise, resolve } = Promise.withResolvers<number>()
    this.#server.getConnections((_, count) => resolve(count))
    return promise
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = once(this.#server, 'close')
    this.#server.close()
    this.#server.closeAllConnections()
    await closed
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request)
    const { pathname, searchParams: query } = new URL(request.url ?? '', this.url)
    const [, name = '', ...parts] = pathname.split('/')
    const key = decodeURIComponent(parts.join('/'))
    const operation = operationOf(request.method ?? '', key, query)
    this.asked.push({ operation, key, query, body })
    const answer = query.get('max-keys') === '1' ? undefined : this.#instead.get(operation)?.shift()
    if (answer) {
      answer(response)
      return
    }
    const disbelief = disbeliefOf(request, body)
    const isHead = request.method === 'HEAD'
    if (disbelief) fail(response, disbelief, isHead)
    else if (name !== bucket) fail(response, missing('NoSuchBucket', 'The specified bucket does not exist'), isHead)
    else this.#answer({ operation, key, query, body }, request.headers['content-type'] ?? '', response)
  }

  #answer(asked: Asked, type: string, response: ServerResponse): void {
    const { operation, key, query, body } = asked
    const isHead = operation === 'HeadObject'
    switch (operation) {
      case 'PutObject': {
        const object = stored(body, type)
        this.objects.set(key, object)
        response.writeHead(200, { etag: object.tag }).end()
        return
      }
      case 'GetObject':
      case 'HeadObject': {
        const object = this.objects.get(key)
        if (!object) return fail(response, missing('NoSuchKey', 'The specified key does not exist.'), isHead)
        response.writeHead(200, {
          etag: object.tag,
          'content-type': object.type,
          'content-length': object.body.length,
          'last-modified': object.modified.toUTCString(),
        })
        response.end(isHead ? undefined : object.body)
        return
      }
      case 'DeleteObject':
        this.objects.delete(key)
        response.writeHead(204).end()
        return
      case 'ListObjectsV2':
        this.#list(query, response)
        return
      default:
        this.#upload(asked, type, response)
    }
  }

  #upload({ operation, key, query, body }: Asked, type: string, response: ServerResponse): void {
    const id = query.get('uploadId') ?? ''
    if (operation === 'CreateMultipartUpload') {
      const begun = randomUUID()
      this.uploads.set(begun, { key, type, parts: new Map() })
      const names = `<Bucket>${bucket}</Bucket><Key>${escaped(key)}</Key>`
      say(
        response,
        `<InitiateMultipartUploadResult>${names}<UploadId>${begun}</UploadId></InitiateMultipartUploadResult>`,
      )
      return
    }
    const upload = this.uploads.get(id)
    if (!upload) return fail(response, missing('NoSuchUpload', 'The specified multipart upload does not exist.'))
    if (operation === 'UploadPart') {
      upload.parts.set(Number(query.get('partNumber')), body)
      response.writeHead(200, { etag: tagOf(body) }).end()
    } else if (operation === 'AbortMultipartUpload') {
      this.uploads.delete(id)
      response.writeHead(204).end()
    } else this.#complete(id, upload, Buffer.from(body).toString(), response)
  }

  #complete(
    id: string,
    { key, type, parts }: { key: string; type: string; parts: Map<number, Uint8Array> },
    wanted: string,
    response: ServerResponse,
  ): void {
    const numbers = [...wanted.matchAll(/<PartNumber>(\d+)<\/PartNumber>/g)].map(([, number]) => Number(number))
    const tags = [...wanted.matchAll(/<ETag>(.*?)<\/ETag>/g)].map(([, tag = '']) => tag.replaceAll('&quot;', '"'))
    const bodies = numbers.map((number) => parts.get(number))
    if (bodies.length === 0 || bodies.some((body, index) => !body || tagOf(body) !== tags[index]))
      return fail(response, { code: 'InvalidPart', status: 400, message: 'One or more parts could not be found.' })
    const whole = bodies as Uint8Array[]
    if (whole.slice(0, -1).some(({ length }) => length < fewestBytes))
      return fail(response, { code: 'EntityTooSmall', status: 400, message: 'Your proposed upload is too small.' })
    const object = stored(Buffer.concat(whole), type, `-${whole.length}`)
    this.objects.set(key, object)
    this.uploads.delete(id)
    const names = `<Bucket>${bucket}</Bucket><Key>${escaped(key)}</Key>`
    say(
      response,
      `<CompleteMultipartUploadResult>${names}<ETag>${escaped(object.tag)}</ETag></CompleteMultipartUploadResult>`,
    )
  }

  #list(query: URLSearchParams, response: ServerResponse): void {
    const [prefix, delimiter] = [query.get('prefix') ?? '', query.get('delimiter') ?? '']
    const most = Math.min(Number(query.get('max-keys') ?? longestPage), longestPage)
    const token = query.get('continuation-token')
    const after = token === null ? '' : Buffer.from(token.replace(/^1:/, ''), 'base64').toString()
    if (token !== null && !token.startsWith('1:'))
      return fail(response, {
        code: 'InvalidArgument',
        status: 400,
        message: 'The continuation token provided is incorrect',
      })
    const names = new Set<string>()
    for (const key of [...this.objects.keys()].toSorted((one, other) => Buffer.compare(bytesOf(one), bytesOf(other)))) {
      if (!key.startsWith(prefix)) continue
      const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length)
      const name = end === -1 ? key : key.slice(0, end + delimiter.length)
      if (Buffer.compare(bytesOf(name), bytesOf(after)) > 0) names.add(name)
    }
    const page = [...names].slice(0, most)
    const last = page.at(-1)
    const isTruncated = names.size > page.length && last !== undefined
    const isEncoded = this.encodes && query.get('encoding-type') === 'url'
    const written = (name: string) => (isEncoded ? encoded(name) : escaped(name))
    const entries = page.map((name) => {
      const object = this.objects.get(name)
      if (!object || (delimiter !== '' && name.indexOf(delimiter, prefix.length) !== -1))
        return `<CommonPrefixes><Prefix>${written(name)}</Prefix></CommonPrefixes>`
      const facts = `<LastModified>${object.modified.toISOString()}</LastModified><ETag>${escaped(object.tag)}</ETag>`
      return `<Contents><Key>${written(name)}</Key>${facts}<Size>${object.body.length}</Size></Contents>`
    })
    const facts = [
      `<Name>${bucket}</Name><Prefix>${written(prefix)}</Prefix><KeyCount>${page.length}</KeyCount>`,
      isTruncated ? `<NextContinuationToken>1:${bytesOf(last).toString('base64')}</NextContinuationToken>` : '',
      `<MaxKeys>${most}</MaxKeys><IsTruncated>${isTruncated}</IsTruncated>`,
      isEncoded ? '<EncodingType>url</EncodingType>' : '',
    ]
    say(response, `<ListBucketResult>${facts.join('')}${entries.join('')}</ListBucketResult>`)
  }
}

/** Answers with an error, as S3 writes it. */
export const fails =
  (code: string, status: number, headers: Record<string, string> = {}): Answer =>
  (response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
    fail(response, { code, status, message: `${code} was said` })
  }

function fail(response: ServerResponse, { code, status, message }: Disbelief, isHead = false): void {
  const told = `<Error><Code>${code}</Code><Message>${escaped(message)}</Message><RequestId>R1</RequestId></Error>`
  if (isHead) response.writeHead(status).end()
  else say(response, told, status)
}

function say(response: ServerResponse, xml: string, status = 200): void {
  response
    .writeHead(status, { 'content-type': 'application/xml' })
    .end(`<?xml version="1.0" encoding="UTF-8"?>\n${xml}`)
}

const missing = (code: string, message: string): Disbelief => ({ code, status: 404, message })
const bytesOf = (text: string): Buffer => Buffer.from(text)
const tagOf = (body: Uint8Array, end = ''): string => `"${createHash('md5').update(body).digest('hex')}${end}"`

function stored(body: Uint8Array, type: string, end = ''): Stored {
  return { body, type, tag: tagOf(body, end), modified: new Date() }
}

function operationOf(method: string, key: string, query: URLSearchParams): string {
  if (key === '') return method === 'GET' ? 'ListObjectsV2' : `${method} of a bucket`
  if (method === 'POST') return query.has('uploads') ? 'CreateMultipartUpload' : 'CompleteMultipartUpload'
  if (query.has('uploadId')) return method === 'PUT' ? 'UploadPart' : 'AbortMultipartUpload'
  return { PUT: 'PutObject', GET: 'GetObject', HEAD: 'HeadObject', DELETE: 'DeleteObject' }[method] ?? method
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
/** As forms write it, with the slashes left as they are. */
const encoded = (text: string): string => encodeURIComponent(text).replaceAll('%20', '+').replaceAll('%2F', '/')
