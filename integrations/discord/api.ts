import { PlugboardError } from 'plugboard'
import { type FailedAnswer, refused } from './answer.ts'
import type { Settings } from './configuration.ts'

/** What a call needs. */
export interface Caller {
  readonly configuration: Pick<Settings, 'botToken' | 'apiUrl'>
  readonly signal: AbortSignal
}

/** A call of the HTTP API. */
export interface ApiCall {
  /** What it does, for errors: paths may hold tokens. */
  readonly what: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** What follows the address of the API. */
  readonly path: string
  readonly body?: object
  readonly files?: readonly File[]
  /** Whether the path holds what it is allowed by, so that it goes without the token of the bot. Default: false. */
  readonly isByInteraction?: boolean
}

/** Milliseconds after which a call is given up. */
const longestCall = 60_000
/** Discord asks every bot to say what it is made with. */
const userAgent = 'DiscordBot (https://www.npmjs.com/package/@plugboard/discord, 0.1.0)'

/**
 * Calls Discord. It ends with the handler it is called in, and throws nothing but errors of Plugboard that repeat no token.
 * @returns What Discord answered; undefined where that is nothing.
 */
export async function callDiscord<T>(caller: Caller, call: ApiCall): Promise<T> {
  const { configuration, signal } = caller
  const { method, path, body, files = [] } = call
  const url = `${configuration.apiUrl.replace(/\/+$/, '')}${path}`
  try {
    const response = await fetch(url, {
      method,
      headers: {
        'user-agent': userAgent,
        ...(!call.isByInteraction && { authorization: `Bot ${configuration.botToken}` }),
        ...(body && files.length === 0 && { 'content-type': 'application/json' }),
      },
      ...(body && { body: files.length > 0 ? formOf(body, files) : JSON.stringify(body) }),
      signal: AbortSignal.any([signal, AbortSignal.timeout(longestCall)]),
    })
    return answerFrom(call, response, await response.text()) as T
  } catch (error) {
    throw failureOf(call.what, error, signal)
  }
}

function formOf(body: object, files: readonly File[]): FormData {
  const form = new FormData()
  const attachments = files.map(({ name }, id) => ({ id, filename: name }))
  form.set('payload_json', JSON.stringify({ ...body, attachments }))
  for (const [index, file] of files.entries()) form.set(`files[${index}]`, file)
  return form
}

function answerFrom({ what }: ApiCall, { ok, status, headers }: Response, text: string): unknown {
  if (status === 204) return undefined
  const answer = parsed(text)
  if (ok && answer !== undefined) return answer
  if (!ok && isFailure(answer)) throw refused(what, { ...answer, status })
  // What stands in front of Discord answers with pages, and counts all calls together.
  const seconds = Number(headers.get('retry-after') ?? Number.NaN)
  if (status === 429)
    throw refused(what, {
      status,
      code: 0,
      message: 'too many calls',
      global: true,
      ...(Number.isFinite(seconds) && { retry_after: seconds }),
    })
  throw new PlugboardError({
    code: status >= 500 ? 'vendor_unavailable' : 'vendor_failed',
    message: `Discord answered ${what} with the status ${status} and what is no answer of its API`,
    retryable: true,
  })
}

function parsed(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined
  }
}

function isFailure(answer: object | undefined): answer is FailedAnswer {
  if (!answer || !('message' in answer) || typeof answer.message !== 'string') return false
  // A limit comes without a code.
  return 'retry_after' in answer
    ? typeof answer.retry_after === 'number'
    : 'code' in answer && typeof answer.code === 'number'
}

function failureOf(what: string, error: unknown, signal: AbortSignal): unknown {
  if (PlugboardError.isInstance(error)) return error
  const reason: unknown = signal.reason
  if (signal.aborted && PlugboardError.isInstance(reason)) return reason
  if (signal.aborted) return new PlugboardError({ code: 'aborted', message: `${what} was aborted`, cause: reason })
  return new PlugboardError({
    code: 'vendor_unavailable',
    message: `Discord cannot be reached for ${what}: ${systemCodeIn(error) ?? 'the connection broke, or took too long'}`,
    retryable: true,
  })
}

/** Such as `ECONNREFUSED`. More is not told: messages of the layers below may quote the address, and with it a token. */
function systemCodeIn(error: unknown): string | undefined {
  for (let at = error, depth = 0; at instanceof Error && depth < 4; at = at.cause, depth += 1)
    if ('code' in at && typeof at.code === 'string' && /^[A-Z][A-Z_\d]+$/.test(at.code)) return at.code
  return undefined
}
