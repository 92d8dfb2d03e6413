import { PlugboardError } from 'plugboard'

/** What a call was about, to be told if it fails. */
export interface Attempt {
  /** In words: `issue 5 cannot be read`. */
  readonly what: string
  /** Where in the input it stands. Default: nowhere. */
  readonly path?: string | undefined
}

/** What Octokit throws. */
interface Thrown {
  readonly name?: unknown
  readonly message?: unknown
  readonly status?: unknown
  readonly cause?: unknown
  readonly request?: { readonly url?: string }
  readonly response?: { readonly headers?: Headers }
  /** Of an answer of GraphQL. */
  readonly errors?: readonly { readonly type?: string; readonly message?: string }[]
  readonly headers?: Headers
}
type Headers = Readonly<Record<string, string | number | undefined>>

/** The most characters of an answer that an error repeats. */
const longestExcerpt = 300
/** Milliseconds for which GitHub asks to wait where it says no number. */
const usualWait = 60_000

/** What failed, as an error of Plugboard. */
export function failureOf(error: unknown, attempt: Attempt, signal: AbortSignal): PlugboardError {
  if (signal.aborted) return abortion(signal)
  if (PlugboardError.isInstance(error)) return error
  const thrown = (error ?? {}) as Thrown
  if (PlugboardError.isInstance(thrown.cause)) return thrown.cause
  if (thrown.errors && thrown.headers) return ofGraphql(thrown, attempt)
  const { status } = thrown
  if (typeof status !== 'number') return ofKey(error, attempt)
  if (!thrown.response)
    return new PlugboardError({
      code: 'vendor_unavailable',
      message: `${attempt.what}: GitHub cannot be reached, or the connection broke (${systemCodeIn(error) ?? 'no code'})`,
      retryable: true,
    })
  return ofStatus(status, thrown, attempt)
}

/** The issue of which something is asked is not there, or not any more. */
export const isGone = (error: unknown): boolean =>
  PlugboardError.isInstance(error) && [301, 404, 410].includes(statusOf(error) ?? 0)

/** What GitHub answered with. */
export function statusOf({ cause }: PlugboardError): number | undefined {
  const { status } = (cause ?? {}) as Thrown
  return typeof status === 'number' ? status : undefined
}

/** Refuses a call. */
export function refuse(message: string, path: string | undefined): never {
  throw refused(message, path)
}

/** An answer that is none. It may be that of something in between, which passes. */
export function malformed(message: string): PlugboardError {
  return new PlugboardError({ code: 'vendor_failed', message, retryable: true })
}

/** The repository was renamed or the issue transferred. What is meant then, a person has to say. */
export function moved(status: number): PlugboardError {
  return refused(
    `GitHub says that it is elsewhere (${status}): the issue was transferred, or the repository renamed; look at \`owner\` and \`repository\``,
    undefined,
    Object.assign(new Error('moved'), { status: 301 }),
  )
}

function refused(message: string, path: string | undefined, cause?: unknown): PlugboardError {
  return new PlugboardError({
    code: 'vendor_refused',
    message,
    ...(path !== undefined && { where: { path } }),
    cause,
  })
}

function abortion({ reason }: AbortSignal): PlugboardError {
  if (PlugboardError.isInstance(reason)) return reason
  return new PlugboardError({ code: 'aborted', message: 'the call of GitHub was aborted', cause: reason })
}

function ofStatus(status: number, thrown: Thrown, { what, path }: Attempt): PlugboardError {
  const said = saidBy(status, thrown)
  const headers = thrown.response?.headers ?? {}
  if (status === 429 || (status === 403 && asksToWait(headers, said))) return tooFast(`${what}: ${said}`, headers)
  const isForToken = thrown.request?.url?.endsWith('/access_tokens') === true
  if (status === 401 || status === 403 || (status === 404 && isForToken))
    return new PlugboardError({
      code: 'vendor_unauthorized',
      message: `${what}: ${isForToken ? 'the app has no such installation, or its key is not the right one' : (reasons[status] ?? '')}: ${said}`,
      cause: causeOf(status, said),
    })
  if (status >= 500)
    return new PlugboardError({
      code: 'vendor_unavailable',
      message: `${what}: GitHub failed: ${said}`,
      retryable: true,
      retryAfter: secondsIn(headers['retry-after']),
    })
  return refused(`${what}: ${reasons[status] ?? 'GitHub refused it'}: ${said}`, path, causeOf(status, said))
}

const reasons: Readonly<Record<number, string>> = {
  401: 'GitHub does not know the token: make another one',
  403: 'the token may not do that: give it the permission',
  404: 'it is not there, or the token may not see it',
  410: 'it was deleted, or the repository has no issues',
  422: 'GitHub does not take this',
}

/** The first limit says how much is left; the second ones say themselves by their names alone. */
const asksToWait = (headers: Headers, said: string): boolean =>
  headers['retry-after'] !== undefined || isUsedUp(headers) || /rate limit|abuse detection/i.test(said)
const isUsedUp = (headers: Headers): boolean => String(headers['x-ratelimit-remaining']) === '0'

function tooFast(message: string, headers: Headers): PlugboardError {
  const reset = Number(headers['x-ratelimit-reset'])
  const untilReset = isUsedUp(headers) && Number.isFinite(reset) ? Math.max(0, reset * 1000 - Date.now()) : undefined
  return new PlugboardError({
    code: 'vendor_rate_limited',
    message,
    retryable: true,
    retryAfter: secondsIn(headers['retry-after']) ?? untilReset ?? usualWait,
    ...scopeOf(headers),
  })
}

/** The search has a limit of its own; all else counts together. */
function scopeOf(headers: Headers): { retryScope?: 'installation' } {
  return headers['x-ratelimit-resource'] === 'search' ? {} : { retryScope: 'installation' }
}

/** An answer of GraphQL has the status 200 whatever it says. */
function ofGraphql({ errors = [], headers = {} }: Thrown, { what, path }: Attempt): PlugboardError {
  const types = errors.map(({ type = '' }) => type)
  const said = errors
    .map(({ message }) => message ?? 'no reason')
    .join('; ')
    .slice(0, longestExcerpt)
  if (types.includes('RATE_LIMITED')) return tooFast(`${what}: ${said}`, headers)
  if (types.some((type) => ['FORBIDDEN', 'INSUFFICIENT_SCOPES', 'UNAUTHORIZED'].includes(type)))
    return new PlugboardError({
      code: 'vendor_unauthorized',
      message: `${what}: ${reasons[403]}: ${said}`,
      cause: causeOf(403, said),
    })
  const status = types.includes('NOT_FOUND') ? 404 : 422
  return refused(`${what}: ${reasons[status]}: ${said}`, path, causeOf(status, said))
}

/** Before anything is asked, an app signs by its key. */
function ofKey(error: unknown, { what }: Attempt): PlugboardError {
  return new PlugboardError({
    code: 'vendor_unauthorized',
    message: `${what}: the private key of the app cannot be used: ${error instanceof Error ? error.name : 'no reason'}`,
  })
}

/** Keeps the status for whoever knows a way out, and nothing of the request, which has the token. */
const causeOf = (status: number, said: string): Error => Object.assign(new Error(said), { status })

function saidBy(status: number, { message }: Thrown): string {
  return `${typeof message === 'string' ? message.slice(0, longestExcerpt) : 'no reason'} (${status})`
}

/** Milliseconds, of seconds. */
function secondsIn(header: string | number | undefined): number | undefined {
  return header !== undefined && /^\s*\d{1,9}\s*$/.test(String(header)) ? Number(header) * 1000 : undefined
}

/** Such as `ECONNREFUSED`. */
function systemCodeIn(error: unknown): string | undefined {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1)
    if ('code' in at && typeof at.code === 'string' && /^[A-Z][A-Z_\d]+$/.test(at.code)) return at.code
  return undefined
}
