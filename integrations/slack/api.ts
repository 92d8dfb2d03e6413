import { type FetchFunction, LogLevel, WebClient } from '@slack/web-api'
import { PlugboardError } from 'plugboard'
import { type FailedAnswer, isOfToken, rateLimited, refused, toldIn } from './answer.ts'
import type { SlackProps } from './props.ts'

/** What a call needs. */
export type Caller = Pick<SlackProps, 'ctx' | 'configuration' | 'client' | 'signal'>

/** Milliseconds that Slack has to say something while it waits for an answer itself, which it does for three seconds. */
const patience = 1000

/** The same caller, which does not wait for long. */
export const impatient = <P extends Caller>(caller: P): P => ({
  ...caller,
  signal: AbortSignal.any([caller.signal, AbortSignal.timeout(patience)]),
})

/** Milliseconds after which a call is given up. */
const longestCall = 30_000

/**
 * Calls methods of the Web API. They end with the handler that they are called in, and throw nothing but errors of Plugboard
 * that repeat neither the token nor what was said. Where access was given by OAuth and Slack does not take the token any more,
 * another one is asked for, once.
 */
export async function callSlack<T>(caller: Caller, call: (api: WebClient) => Promise<T>): Promise<T> {
  const token = await tokenOf(caller)
  try {
    return await callWith(caller, token, call)
  } catch (error) {
    const another = caller.ctx.configurationType === 'oauth' && isOfToken(error)
    if (!another) throw error
    return callWith(caller, await caller.client.getAccessToken({ insteadOf: token }), call)
  }
}

/** The token of the bot, for what is no method: a file that is fetched or uploaded. */
export async function tokenOf({ ctx, client }: Caller): Promise<string> {
  return ctx.configurationType === 'oauth' ? client.getAccessToken() : ctx.configuration.botToken
}

/** Where the Web API is, with a slash at its end. */
export const apiUrlOf = ({ configuration }: Pick<Caller, 'configuration'>): string =>
  configuration.apiUrl.replace(/\/*$/, '/')

/** The same with a token that is not the bot's. */
export async function callWith<T>(caller: Caller, token: string, call: (api: WebClient) => Promise<T>): Promise<T> {
  const { signal } = caller
  const slackApiUrl = apiUrlOf(caller)
  const api = new WebClient(token, {
    slackApiUrl,
    allowAbsoluteUrls: false,
    logger: silent,
    // Whether and when to try again is for the framework to say.
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    fetch: transport(slackApiUrl, signal),
  })
  try {
    return await call(api)
  } catch (error) {
    throw failureOf(error, signal)
  }
}

/** What the client is given instead of the fetch of Node: it knows the signal, and tells what an answer says by errors of ours. */
function transport(apiUrl: string, signal: AbortSignal): FetchFunction {
  return async (url, request) => {
    const method = String(url).slice(apiUrl.length)
    const response = await fetch(url, {
      ...request,
      signal: AbortSignal.any([signal, AbortSignal.timeout(longestCall)]),
    })
    const retryAfter = retryAfterOf(response)
    if (response.status === 429) {
      await response.body?.cancel()
      throw rateLimited(method, retryAfter)
    }
    const text = await response.text()
    const answer = answerFrom(text)
    if (!answer)
      throw new PlugboardError({
        code: response.status >= 500 ? 'vendor_unavailable' : 'vendor_failed',
        message: `Slack answered ${method} with the status ${response.status} and what is no answer of the Web API`,
        retryable: true,
      })
    if (!answer.ok) throw refused(method, answer, retryAfter)
    const { headers, statusText } = response
    const body = new TextEncoder().encode(text)
    return {
      ok: true,
      status: 200,
      statusText,
      url: response.url,
      headers,
      text: async () => text,
      json: async () => answer,
      arrayBuffer: async () => body.buffer,
    }
  }
}

function answerFrom(text: string): { ok: true } | ({ ok: false } & FailedAnswer) | undefined {
  let answer: unknown
  try {
    answer = JSON.parse(text)
  } catch {}
  if (typeof answer !== 'object' || answer === null || !('ok' in answer)) return undefined
  if (answer.ok === true) return answer as { ok: true }
  return 'error' in answer && typeof answer.error === 'string' ? (answer as { ok: false } & FailedAnswer) : undefined
}

/** Milliseconds after which Slack wants to be asked again. */
export function retryAfterOf({ headers }: Response): number | undefined {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN)
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined
}

function failureOf(error: unknown, signal: AbortSignal): unknown {
  const reason: unknown = signal.reason
  if (signal.aborted && PlugboardError.isInstance(reason)) return reason
  if (signal.aborted)
    return new PlugboardError({ code: 'aborted', message: 'the call of Slack was aborted', cause: reason })
  const cause = toldIn(error)
  if (PlugboardError.isInstance(cause)) return cause
  return new PlugboardError({
    code: 'vendor_unavailable',
    message: `Slack cannot be reached: ${systemCodeIn(cause) ?? 'the connection broke, or took too long'}`,
    retryable: true,
  })
}

/** Such as `ECONNREFUSED`. More is not told: messages of the layers below may quote what was sent. */
function systemCodeIn(error: unknown): string | undefined {
  for (let at = error, depth = 0; at instanceof Error && depth < 4; at = at.cause, depth += 1)
    if ('code' in at && typeof at.code === 'string' && /^[A-Z][A-Z_\d]+$/.test(at.code)) return at.code
  return undefined
}

const nothing = (): void => {}
/** What the client would tell is in the errors, and its warnings quote what is sent. */
const silent = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  setLevel: nothing,
  getLevel: () => LogLevel.ERROR,
  setName: nothing,
}
