import { PlugboardError } from 'plugboard'

/** What the Graph API says when it does not do what it was asked. */
export interface GraphError {
  readonly code: number
  readonly message: string
  readonly details: string | undefined
  readonly isTransient: boolean
}

/** An answer that says no. */
export interface Refusal {
  readonly status: number
  readonly headers: Headers
  readonly error: GraphError
}

const longestDescription = 300
const minute = 60_000

/** Keeps the answer with the error, for whoever knows a way out. */
class WhatsappRefusal extends Error {
  override readonly name = 'WhatsappRefusal'
  readonly code: number

  constructor(code: number, message: string) {
    super(message)
    this.code = code
  }
}

/** The number of the error with which WhatsApp answered; undefined where the error is another one. */
export function graphCodeIn(error: unknown): number | undefined {
  return PlugboardError.isInstance(error) && error.cause instanceof WhatsappRefusal ? error.cause.code : undefined
}

/** The error that an answer holds; undefined where it holds none. */
export function graphErrorIn(answer: unknown): GraphError | undefined {
  if (typeof answer !== 'object' || answer === null || !('error' in answer)) return undefined
  const { error } = answer
  if (typeof error !== 'object' || error === null || !('code' in error) || typeof error.code !== 'number')
    return undefined
  const {
    code,
    message,
    error_data: data,
    is_transient,
  } = error as {
    code: number
    message?: unknown
    error_data?: { details?: unknown }
    is_transient?: unknown
  }
  return {
    code,
    message: typeof message === 'string' ? message : 'no reason is given',
    details: typeof data?.details === 'string' ? data.details : undefined,
    isTransient: is_transient === true,
  }
}

/**
 * An answer that says no, as an error.
 * @param hide What must not stand in it: Meta repeats a token that it does not know.
 */
export function refused(what: string, { status, headers, error }: Refusal, hide: string): PlugboardError {
  const { code, message, details } = error
  const description = [message, details]
    .filter((text) => text !== undefined)
    .join(': ')
    .replaceAll(hide, '…')
    .slice(0, longestDescription)
  const said = `${description} (${code})`
  const cause = new WhatsappRefusal(code, description)
  const limit = limits[code] ?? (status === 429 ? limits[throughput] : undefined)
  if (limit)
    return new PlugboardError({
      code: 'vendor_rate_limited',
      message: `WhatsApp asks to wait before ${what}: ${said}`,
      retryable: true,
      retryAfter: waitIn(headers) ?? limit.retryAfter,
      ...(limit.retryScope && { retryScope: limit.retryScope }),
      cause,
    })
  if (status === 401 || unauthorized.has(code) || (code >= 200 && code <= 299))
    return new PlugboardError({
      code: 'vendor_unauthorized',
      message: `WhatsApp does not take the access token for ${what}: ${said}. It may have expired, or lack a permission: Meta Business Suite → Settings → System users gives another one.`,
      cause,
    })
  if (status >= 500 || error.isTransient || passing.has(code))
    return new PlugboardError({
      code: 'vendor_unavailable',
      message: `WhatsApp failed at ${what}: ${said}`,
      retryable: true,
      cause,
    })
  const remedy = remedies[code]
  return new PlugboardError({
    code: 'vendor_refused',
    message: `WhatsApp refused ${what}: ${said}${remedy === undefined ? '' : `. ${remedy}`}`,
    cause,
  })
}

/** Of the throughput of a number. */
const throughput = 130429

/** What asks to wait, for how long where the answer does not say, and what has to. */
const limits: Readonly<
  Record<number, { readonly retryAfter: number; readonly retryScope?: 'installation' | 'conversation' }>
> = {
  // Calls of the app, of the account, and of both: counted by the hour.
  4: { retryAfter: minute, retryScope: 'installation' },
  80007: { retryAfter: minute, retryScope: 'installation' },
  133016: { retryAfter: minute, retryScope: 'installation' },
  [throughput]: { retryAfter: 1000 },
  // One person: a message every six seconds, once a burst is paid back.
  131056: { retryAfter: 6000, retryScope: 'conversation' },
}

const unauthorized: ReadonlySet<number> = new Set([0, 3, 10, 190, 131005])

/** An unknown error, a service that is down, a number that is being moved. */
const passing: ReadonlySet<number> = new Set([1, 2, 131000, 131016, 131057, 133004])

const remedies: Readonly<Record<number, string>> = {
  100: 'The request has a value that WhatsApp does not take.',
  131021: 'A number cannot write to itself.',
  131026: 'The person has no WhatsApp, an old one, or has not accepted its terms.',
  131047: 'The person has written nothing for 24 hours: until then, only a template reaches them.',
  131030: 'A number for tests writes to the numbers alone that API Setup lists below To.',
  131042: 'The account has no way to pay: WhatsApp Manager → Billing.',
  131048: 'Too many messages of the number were blocked or reported: WhatsApp Manager shows its quality.',
  131049: 'The person has had enough advertisements for now: it may be taken another day.',
  131050: 'The person wants no advertisements of this number.',
  132001: 'There is no approved template of that name in that language.',
  133010: 'The number is not registered: call `<phone number id>/register` of the Graph API once, with a PIN.',
}

/** For how long the answer asks to wait, in milliseconds. */
function waitIn(headers: Headers): number | undefined {
  const seconds = headers.get('retry-after')
  if (seconds !== null && /^\d{1,6}$/.test(seconds)) return Number(seconds) * 1000
  // By account: minutes until calls are taken again.
  const minutes = [
    ...(headers.get('x-business-use-case-usage') ?? '').matchAll(/"estimated_time_to_regain_access":\s*(\d{1,5})/g),
  ]
  const longest = Math.max(0, ...minutes.map(([, count]) => Number(count)))
  return longest > 0 ? longest * minute : undefined
}
