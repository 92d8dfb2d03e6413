import { lookup as lookUp, type LookupAddress } from 'node:dns'
import type { IncomingMessage, RequestOptions } from 'node:http'
import { type BlockList, isIP, type LookupFunction } from 'node:net'
import { Readable, Transform } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { PlugboardError } from '../errors/index.ts'
import { isIn, isPublicAddress, networks } from './public-address.ts'

/** What may be reached, and how long it may take. */
export interface SafeFetchOptions extends Pick<RequestInit, 'method' | 'headers' | 'body' | 'signal' | 'redirect'> {
  /** Milliseconds for all of it, with redirects and the reading of the body. Default: 10,000. */
  timeout?: number
  /** The most bytes of the body, unpacked. Default: 5 MiB. */
  limit?: number
  /** How many redirects are followed. Default: 5. */
  redirects?: number
  /** Networks that may be reached though they are not public, such as `['10.1.0.0/16']`. Default: none. */
  allow?: readonly string[]
}

/** One request: what is asked of which address. */
interface Hop {
  readonly url: URL
  readonly method: string
  readonly headers: Headers
  readonly body: Uint8Array | undefined
}

/**
 * Fetches what somebody else named: a link in a message, the URL of a webhook. Only public addresses are reached, whatever
 * a name resolves to at the very moment of connecting, at every redirect. Proxies of the environment are not used.
 * @throws {PlugboardError} with the code `address_refused`; `request_invalid` for what is no URL of http or https;
 * `timeout`, `aborted`, `vendor_unavailable`; `response_too_large`, also while the body is read.
 */
export async function safeFetch(target: string | URL, options: SafeFetchOptions = {}): Promise<Response> {
  const { timeout = 10_000, limit = 5_242_880, redirects = 5, allow = [], redirect = 'follow', signal } = options
  const time = AbortSignal.timeout(timeout)
  const ends = signal ? AbortSignal.any([signal, time]) : time
  const allowed = networks(allow)
  let hop = await firstHop(target, options)
  try {
    for (let followed = 0; ; followed += 1) {
      const message = await ask(hop, allowed, ends)
      const location = isRedirect(message) ? message.headers.location : undefined
      if (location === undefined || redirect === 'manual') return responseFrom(hop, message, limit, ends, followed > 0)
      message.destroy()
      if (redirect === 'error' || followed === redirects)
        throw new PlugboardError({
          code: 'vendor_failed',
          message: redirect === 'error' ? 'there was a redirect' : `there were more than ${redirects} redirects`,
        })
      hop = nextHop(hop, message.statusCode ?? 0, location)
    }
  } catch (error) {
    throw told(error, ends)
  }
}

/** @throws {PlugboardError} with the code `request_invalid`. */
async function firstHop(target: string | URL, options: SafeFetchOptions): Promise<Hop> {
  const { method, headers, body } = options
  let request: Request
  try {
    request = new Request(target, { method, headers, body, ...(body && { duplex: 'half' }) })
  } catch (cause) {
    throw new PlugboardError({ code: 'request_invalid', message: 'what is to be fetched is no URL of the web', cause })
  }
  const bytes = new Uint8Array(await request.arrayBuffer())
  return {
    url: demandWeb(new URL(request.url)),
    method: request.method,
    headers: withoutTransport(request.headers),
    body: bytes.length > 0 || request.body ? bytes : undefined,
  }
}

function nextHop({ url, method, headers, body }: Hop, status: number, location: string): Hop {
  if (!URL.canParse(location, url))
    throw new PlugboardError({ code: 'vendor_failed', message: 'there was a redirect to what is no URL' })
  const next = demandWeb(new URL(location, url))
  const kept = new Headers(headers)
  if (next.origin !== url.origin) for (const name of ['authorization', 'cookie']) kept.delete(name)
  const asGet = status === 303 ? method !== 'HEAD' : (status === 301 || status === 302) && method === 'POST'
  if (!asGet) return { url: next, method, headers: kept, body }
  for (const name of ['content-type', 'content-encoding', 'content-language']) kept.delete(name)
  return { url: next, method: 'GET', headers: kept, body: undefined }
}

/** @throws {PlugboardError} with the code `request_invalid`. */
function demandWeb(url: URL): URL {
  if ((url.protocol === 'http:' || url.protocol === 'https:') && url.username === '' && url.password === '') return url
  throw new PlugboardError({
    code: 'request_invalid',
    message: `only http and https without credentials are fetched, not ${url.protocol}`,
  })
}

/** Which connection is made, to whom and what for is not for the caller to say. */
function withoutTransport(headers: Headers): Headers {
  const kept = new Headers(headers)
  for (const name of ['host', 'connection', 'content-length', 'expect', 'keep-alive', 'te', 'trailer', 'upgrade'])
    kept.delete(name)
  const ofTheWay = Array.from(kept.keys()).filter((name) => /^(proxy-|transfer-)/.test(name))
  for (const name of ofTheWay) kept.delete(name)
  if (!kept.has('accept-encoding')) kept.set('accept-encoding', 'gzip, deflate, br')
  return kept
}

async function ask(
  { url, method, headers, body }: Hop,
  allowed: BlockList,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  signal.throwIfAborted()
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
  // For an address there is no name to be looked up. However it was written, the URL has it in its usual form.
  if (isIP(host)) demandPublic(host, [{ address: host, family: isIP(host) }], allowed)
  const { request } = url.protocol === 'https:' ? await import('node:https') : await import('node:http')
  const options: RequestOptions = {
    method,
    headers: { ...Object.fromEntries(headers), ...(body && { 'content-length': body.length }) },
    lookup: guardedLookup(allowed),
    // A connection of its own: one that was made before was looked up by others.
    agent: false,
    signal,
  }
  return new Promise((resolve, reject) => {
    request(url, options, resolve).on('error', reject).end(body)
  })
}

/** Looks a name up for a connection that is made right now, and gives nothing but addresses that may be reached. */
const guardedLookup =
  (allowed: BlockList): LookupFunction =>
  (host, options, callback) => {
    lookUp(host, { ...options, all: true }, (error, addresses) => {
      const failure = error ?? refusal(host, addresses, allowed)
      const [first] = addresses ?? []
      if (failure || !first) callback(failure ?? new Error('no address'), '')
      else if (options.all) callback(null, addresses)
      else callback(null, first.address, first.family)
    })
  }

/** Why a host may not be reached. One address that is not public is enough: which one is connected to is not for us to say. */
function refusal(host: string, addresses: readonly LookupAddress[], allowed: BlockList): PlugboardError | undefined {
  const refused = addresses.find(({ address }) => !isPublicAddress(address) && !isIn(allowed, address))
  return (
    refused &&
    new PlugboardError({
      code: 'address_refused',
      // What a name resolves to inside of a network is not for whoever named it.
      message: `'${host}' is not at a public address`,
    })
  )
}

function demandPublic(host: string, addresses: readonly LookupAddress[], allowed: BlockList): void {
  const refused = refusal(host, addresses, allowed)
  if (refused) throw refused
}

const isRedirect = ({ statusCode = 0 }: IncomingMessage): boolean => [301, 302, 303, 307, 308].includes(statusCode)

function responseFrom(
  hop: Hop,
  message: IncomingMessage,
  limit: number,
  ends: AbortSignal,
  redirected: boolean,
): Response {
  const { statusCode: status = 0, statusMessage: statusText = '' } = message
  const tooLarge = new PlugboardError({ code: 'response_too_large', message: `the body exceeds ${limit} bytes` })
  if (status < 200 || status > 599) {
    message.destroy()
    throw new PlugboardError({ code: 'vendor_failed', message: `it was answered with the status ${status}` })
  }
  const headers = new Headers()
  for (let index = 0; index < message.rawHeaders.length; index += 2)
    headers.append(message.rawHeaders[index] as string, message.rawHeaders[index + 1] as string)
  const empty = hop.method === 'HEAD' || [204, 205, 304].includes(status)
  if (empty) message.resume()
  else if (Number(headers.get('content-length') ?? 0) > limit) {
    message.destroy()
    throw tooLarge
  }
  let length = 0
  const counted = new Transform({
    transform(chunk: Buffer, _, done) {
      length += chunk.length
      if (length > limit) done(tooLarge)
      else done(null, chunk)
    },
  })
  const body = empty ? null : (Readable.toWeb(flow(message, headers, counted, ends)) as ReadableStream<Uint8Array>)
  const response = new Response(body, { status, statusText, headers })
  return Object.defineProperties(response, { url: { value: hop.url.href }, redirected: { value: redirected } })
}

/** The body, unpacked and counted; what goes wrong on the way is told at its end. */
function flow(message: IncomingMessage, headers: Headers, counted: Transform, ends: AbortSignal): Readable {
  const unpack = unpacking[headers.get('content-encoding')?.toLowerCase() ?? '']?.()
  if (unpack) {
    headers.delete('content-encoding')
    headers.delete('content-length')
  }
  const streams = [message, ...(unpack ? [unpack] : []), counted]
  const fail = (error: unknown): void => {
    for (const stream of streams.toReversed()) stream.destroy(told(error, ends))
  }
  for (const [index, stream] of streams.entries()) {
    stream.on('error', fail)
    const next = streams[index + 1] as Transform | undefined
    if (next) stream.pipe(next)
  }
  // A connection that breaks in the middle of a body is no end of it.
  message.on('aborted', () => fail(new Error('the connection broke')))
  counted.on('close', () => message.destroy())
  return counted
}

const unpacking: Readonly<Record<string, (() => Transform) | undefined>> = Object.assign(Object.create(null), {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
})

/** What went wrong, as an error of ours. */
function told(error: unknown, ends: AbortSignal): PlugboardError {
  if (PlugboardError.isInstance(error)) return error
  if (ends.aborted) {
    const late = ends.reason instanceof DOMException && ends.reason.name === 'TimeoutError'
    return late
      ? new PlugboardError({ code: 'timeout', message: 'it was not fetched in time', retryable: true, cause: error })
      : new PlugboardError({ code: 'aborted', message: 'the request was aborted', cause: ends.reason })
  }
  return new PlugboardError({
    code: 'vendor_unavailable',
    message: `it could not be fetched: ${error instanceof Error ? error.message : String(error)}`,
    retryable: true,
    cause: error,
  })
}
