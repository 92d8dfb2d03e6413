import { Api, HttpError, type Transformer } from 'grammy'
import { PlugboardError } from 'plugboard'
import { type FailedAnswer, refused } from './answer.ts'
import type { Settings } from './configuration.ts'

/** What a call needs. */
export interface Caller {
  readonly configuration: Pick<Settings, 'botToken' | 'apiUrl'>
  readonly signal: AbortSignal
}

/** The methods of the Bot API, each with one object. */
export type TelegramApi = Api['raw']

/** Seconds after which a call is given up. Telegram holds the one for updates open for thirty. */
const longestCall = 60

/**
 * The Bot API. Every method ends with the handler it is called in, and throws nothing but errors of Plugboard that repeat
 * neither the token nor what was said.
 */
export function apiOf({ configuration, signal }: Caller): TelegramApi {
  const api = new Api(configuration.botToken, {
    apiRoot: rootOf(configuration.apiUrl),
    timeoutSeconds: longestCall,
    fetch: transport as never,
  })
  const told: Transformer = async (previous, method, payload) => {
    const answer = await previous(method, payload, signal as never).catch((error: unknown) => {
      throw failureOf(method, error, signal)
    })
    if (!answer.ok) throw refused(method, answer, 'chat_id' in payload)
    return answer
  }
  api.config.use(told)
  return api.raw
}

/** Where a file is, by the path that Telegram gave. The address holds the token: it is for nobody else. */
export function fileAddress({ botToken, apiUrl }: Caller['configuration'], path: string): string {
  return `${rootOf(apiUrl)}/file/bot${botToken}/${path.split('/').map(encodeURIComponent).join('/')}`
}

const rootOf = (apiUrl: string): string => apiUrl.replace(/\/+$/, '')

/** What the client is given instead of its own fetch, so that an answer that is none is told from a connection that broke. */
async function transport(
  url: string,
  { signal, agent: _, compress: __, ...request }: RequestInit & { agent?: unknown; compress?: unknown },
): Promise<{ json(): Promise<unknown> }> {
  const ends = new AbortController()
  // The client makes signals of a class of its own, which the fetch of Node does not take.
  const abort = (): void => ends.abort()
  if (signal?.aborted) abort()
  signal?.addEventListener('abort', abort)
  try {
    const response = await fetch(url, { ...request, signal: ends.signal })
    const answer = answerFrom(response.status, await response.text())
    return { json: async () => answer }
  } finally {
    signal?.removeEventListener('abort', abort)
  }
}

function answerFrom(status: number, text: string): { ok: true } | ({ ok: false } & FailedAnswer) {
  let answer: unknown
  try {
    answer = JSON.parse(text)
  } catch {}
  if (typeof answer === 'object' && answer !== null && 'ok' in answer) {
    if (answer.ok === true && 'result' in answer) return answer as never
    if ('error_code' in answer && 'description' in answer) return answer as never
  }
  throw new PlugboardError({
    code: status >= 500 ? 'vendor_unavailable' : 'vendor_failed',
    message: `Telegram answered with the status ${status} and what is no answer of the Bot API`,
    retryable: true,
  })
}

function failureOf(method: string, error: unknown, signal: AbortSignal): unknown {
  const reason: unknown = signal.reason
  if (signal.aborted && PlugboardError.isInstance(reason)) return reason
  if (signal.aborted)
    return new PlugboardError({ code: 'aborted', message: `the call of ${method} was aborted`, cause: reason })
  const cause = error instanceof HttpError ? error.error : error
  if (PlugboardError.isInstance(cause)) return cause
  return new PlugboardError({
    code: 'vendor_unavailable',
    message: `Telegram cannot be reached for ${method}: ${systemCodeIn(cause) ?? 'the connection broke, or took too long'}`,
    retryable: true,
  })
}

/** Such as `ECONNREFUSED`. More is not told: messages of the layers below quote the address, and with it the token. */
function systemCodeIn(error: unknown): string | undefined {
  for (let at = error, depth = 0; at instanceof Error && depth < 4; at = at.cause, depth += 1)
    if ('code' in at && typeof at.code === 'string' && /^[A-Z][A-Z_\d]+$/.test(at.code)) return at.code
  return undefined
}
