import { type ErrorCode, PlugboardError } from 'plugboard'

/** What a call was about, to be told if it fails. */
export interface Attempt {
  /** In words: `'a/b' cannot be read`. */
  readonly what: string
  /** Where in the input it stands. Default: nowhere. */
  readonly path?: string | undefined
}

/** What an error of S3 means to whoever called. */
interface Meaning {
  readonly code: ErrorCode
  readonly says: string
  /** Where the mistake is, if not in the input. */
  readonly path?: string
}

const refused = (says: string, path?: string): Meaning => ({ code: 'vendor_refused', says, ...(path && { path }) })
const unauthorized = (says: string): Meaning => ({ code: 'vendor_unauthorized', says })
const unavailable = (says: string): Meaning => ({ code: 'vendor_unavailable', says })
const tooFast: Meaning = { code: 'vendor_rate_limited', says: 'S3 asks to wait' }

const elsewhere = refused('the bucket is in another region, or at another address: name its own', 'region')
const expired = unauthorized('the temporary credentials are over: get new ones')

/** Errors by their codes. */
const meanings = new Map<string, Meaning>([
  ['NoSuchKey', refused('there is no such file')],
  ['NotFound', refused('there is no such file, or no such bucket')],
  ['NoSuchBucket', refused('there is no such bucket: make it, or name another one', 'bucket')],
  ['InvalidBucketName', refused('no bucket can be called like this', 'bucket')],
  ['KeyTooLongError', refused('the key is too long, with the prefix of the configuration before it')],
  ['InvalidObjectState', refused('it is in an archive: restore it first')],
  ['EntityTooLarge', refused('it is too large')],
  ['PermanentRedirect', elsewhere],
  ['TemporaryRedirect', elsewhere],
  ['Redirect', elsewhere],
  ['AuthorizationHeaderMalformed', elsewhere],
  ['IllegalLocationConstraintException', elsewhere],
  ['AccessDenied', unauthorized('the key may not do that: allow it by a policy of the user or the bucket')],
  ['AllAccessDisabled', unauthorized('nobody may use the bucket')],
  ['AccountProblem', unauthorized('something is wrong with the account')],
  ['InvalidAccessKeyId', unauthorized('S3 does not know the access key: look at `accessKeyId`')],
  ['SignatureDoesNotMatch', unauthorized('the secret is not that of the access key: look at `secretAccessKey`')],
  ['InvalidToken', unauthorized('the session token is not that of the access key: look at `sessionToken`')],
  ['ExpiredToken', expired],
  ['TokenRefreshRequired', expired],
  ['CredentialsProviderError', unauthorized('there are no credentials where the bot runs')],
  ['TokenProviderError', unauthorized('the credentials where the bot runs cannot be used: log in anew')],
  ['SlowDown', tooFast],
  ['TooManyRequests', tooFast],
  ['RequestLimitExceeded', tooFast],
  ['Throttling', tooFast],
  ['ThrottlingException', tooFast],
  ['InternalError', unavailable('S3 failed')],
  ['ServiceUnavailable', unavailable('S3 cannot do it now')],
  ['RequestTimeout', unavailable('the connection was too slow')],
  ['RequestTimeTooSkewed', unavailable('the clock of this machine is wrong')],
  ['IncompleteBody', unavailable('the connection broke')],
  ['BadDigest', unavailable('the bytes were changed on the way')],
  ['XAmzContentSHA256Mismatch', unavailable('the bytes were changed on the way')],
  ['OperationAborted', unavailable('something else is done with the bucket')],
  ['ConditionalRequestConflict', unavailable('something else is done with the file')],
])

/** Errors that have no code, as those of HEAD, by their status. */
function meaningOf(status: number, asksToWait: boolean): Meaning {
  if (status === 429 || (status === 503 && asksToWait)) return tooFast
  if (status === 401 || status === 403)
    return unauthorized('the key is not known, is wrong, or may not do that; without `s3:ListBucket`, S3 says no more')
  if (status === 404) return refused('there is no such file, or no such bucket')
  if (status >= 300 && status < 400) return elsewhere
  if (status >= 500 && status !== 501) return unavailable('S3 failed')
  return refused('S3 refused it')
}

/** The most characters of an answer that an error repeats. */
const longestExcerpt = 300

/** What failed, as an error of Plugboard. */
export function failureOf(error: unknown, { what, path }: Attempt, signal: AbortSignal): PlugboardError {
  if (signal.aborted) return abortion(signal)
  if (PlugboardError.isInstance(error)) return error
  const { name, message, $metadata, $response, $fault } = (error ?? {}) as Answered
  const status = $metadata?.httpStatusCode ?? $response?.statusCode
  const known = typeof name === 'string' ? meanings.get(name) : undefined
  const system = systemCodeIn(error)
  if (status === undefined || ($fault === undefined && system !== undefined)) {
    const { code, says } =
      known ?? unavailable(`S3 cannot be reached, or the connection broke (${system ?? 'no code'})`)
    return told({ code, message: `${what}: ${says}`, cause: error })
  }
  if (status < 300 && $fault === undefined)
    return malformed(`${what}: S3 answered with the status ${status} and what makes no sense`, error)
  const retryAfter = retryAfterOf($response?.headers?.['retry-after'])
  const meaning = known ?? meaningOf(status, retryAfter !== undefined)
  const place = meaning.path ?? (meaning.code === 'vendor_refused' ? path : undefined)
  return told({
    code: meaning.code,
    message: `${what}: ${meaning.says} (${saidBy(status, $fault === undefined ? {} : { name, message })})`,
    retryAfter,
    ...(place !== undefined && { where: { path: place } }),
    cause: error,
  })
}

/** What S3 itself says: a code, a status and a sentence, of which HEAD has the status alone. */
function saidBy(status: number, { name, message }: Pick<Answered, 'name' | 'message'>): string {
  const code = typeof name === 'string' && name !== 'Unknown' ? `${name}, ` : ''
  const sentence = typeof message === 'string' && !/^Unknown(?:Error)?$/.test(message) ? `: ${message}` : ''
  return `${code}${status}${sentence.slice(0, longestExcerpt)}`
}

/** An answer that is none. It may be that of something in between, which passes. */
export function malformed(message: string, cause?: unknown): PlugboardError {
  return new PlugboardError({ code: 'vendor_failed', message, retryable: true, cause })
}

/** Refuses a call. */
export function refuse(message: string, path: string): never {
  throw new PlugboardError({ code: 'vendor_refused', message, where: { path } })
}

/** What a call ends with that was aborted. */
export function abortion({ reason }: AbortSignal): PlugboardError {
  if (PlugboardError.isInstance(reason)) return reason
  return new PlugboardError({ code: 'aborted', message: 'the call of S3 was aborted', cause: reason })
}

/** What the client throws. */
interface Answered {
  readonly name?: unknown
  readonly message?: unknown
  /** Whose fault it is; there where S3 itself said what is wrong. */
  readonly $fault?: unknown
  readonly $metadata?: { readonly httpStatusCode?: number }
  readonly $response?: { readonly statusCode?: number; readonly headers?: Readonly<Record<string, string>> }
}

function told({
  retryAfter,
  ...error
}: Pick<PlugboardError, 'code' | 'message' | 'cause'> & { retryAfter?: number | undefined; where?: { path: string } }) {
  const retryable = error.code === 'vendor_unavailable' || error.code === 'vendor_rate_limited'
  return new PlugboardError({ ...error, retryable, ...(retryable && retryAfter !== undefined && { retryAfter }) })
}

/** Milliseconds, of seconds or a date. */
function retryAfterOf(header: string | undefined): number | undefined {
  if (header === undefined) return undefined
  if (/^\s*\d{1,9}\s*$/.test(header)) return Number(header) * 1000
  const date = Date.parse(header)
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now())
}

/** Such as `ECONNREFUSED`. */
function systemCodeIn(error: unknown): string | undefined {
  for (let at = error, depth = 0; at instanceof Error && depth < 4; at = at.cause, depth += 1)
    if ('code' in at && typeof at.code === 'string' && /^[A-Z][A-Z_\d]+$/.test(at.code)) return at.code
  return undefined
}
