import { type ErrorCode, PlugboardError } from '../index.ts'
import { retryAfterOf } from './retry-after.ts'
import { errorOf, type ToldError, toldOf } from './told-error.ts'

/** The call that an error ended. */
export interface FailedCall {
  readonly vendor: string
  readonly signal: AbortSignal
  /** Texts that no message may repeat. */
  readonly secrets: readonly string[]
}

/** What a provider package threw, or gave as the error of a stream, as an error of Plugboard. Which installation it is, its caller knows. */
export function vendorError(error: unknown, { vendor, signal, secrets }: FailedCall): PlugboardError {
  if (signal.aborted) return abortError(vendor, signal)
  if (PlugboardError.isInstance(error)) return error
  const told = toldOf(error, secrets)
  const facts = factsOf(error)
  const message = told.message ?? toldOf({ message: facts.said }, secrets).message
  const { code, what, retryable = false } = kindOf(facts, { ...told, message })
  const isModelUnknown = code === 'vendor_refused' && saysUnknown(facts, message)
  return new PlugboardError({
    code,
    message: `${vendor} ${what}${facts.status === undefined ? '' : ` (${facts.status})`}: ${message ?? told.name}`,
    retryable,
    retryAfter: retryable ? retryAfterOf(facts.headers) : undefined,
    cause: errorOf(told),
    ...(isModelUnknown && { where: { path: 'model' } }),
  })
}

/** Whether the vendor has no model of the id. */
function saysUnknown({ status, codes }: Facts, message = ''): boolean {
  if (codes.includes('model_not_found') || codes.includes('invalid_model')) return true
  return status === 404 && /\bmodels?\b/i.test(message)
}

/** The error of a call that its caller aborted; where the reason for that is an error of Plugboard, such as a time-out, it is that. */
export function abortError(vendor: string, { reason }: AbortSignal): PlugboardError {
  if (PlugboardError.isInstance(reason)) return reason
  return new PlugboardError({ code: 'aborted', message: `the call of ${vendor} was aborted` })
}

interface Facts {
  /** The HTTP status; 2xx where the request was fine and reading the answer failed. */
  readonly status: number | undefined
  readonly headers: Readonly<Record<string, string>> | undefined
  /** Whether the provider package sees a failure of the connection behind it, or one that passes. */
  readonly passing: boolean
  /** The vendor's own words for the kind of error. */
  readonly codes: readonly unknown[]
  /** The vendor's message, where the provider package does not give it. */
  readonly said: string | undefined
}

/** Reads errors by their form and not their class, for each provider package may bring its own copy of the classes. */
function factsOf(error: unknown): Facts {
  const { statusCode, responseHeaders, responseBody, isRetryable, data, value, code, type } = record(error)
  // A package that expects no error within a stream takes it for a piece of another form.
  const body = record(data ?? value)
  const frame = record(body.error ?? (body.object === 'error' ? body : undefined))
  const details = googleDetailsOf(responseBody)
  return {
    status: typeof statusCode === 'number' ? statusCode : undefined,
    headers: { ...details.headers, ...(responseHeaders as Facts['headers']) },
    passing: isRetryable === true,
    codes: [code, type, frame.code, frame.type, record(frame.details).error_code, ...details.codes],
    said: typeof frame.message === 'string' ? frame.message : undefined,
  }
}

/** Google writes into the body what others say by a status or a header: the wrong key (which is a 400), and how long to wait. */
function googleDetailsOf(body: unknown): { codes: readonly string[]; headers: Facts['headers'] } {
  if (typeof body !== 'string' || !body.includes('google.rpc.')) return { codes: [], headers: {} }
  const [, reason] = /"reason":\s*"(\w+)"/.exec(body) ?? []
  const [, seconds] = /"retryDelay":\s*"([\d.]+)s"/.exec(body) ?? []
  return {
    codes: reason === undefined ? [] : [reason],
    headers: seconds === undefined ? {} : { 'retry-after': String(Math.ceil(Number(seconds))) },
  }
}

/** What vendors write who have no code for a conversation that is longer than the model takes. */
const tooLong =
  /prompt is too long|exceed(?:s|ed)? (?:the )?(?:context|maximum context|model'?s context)|maximum context length|context (?:length|window|limit) (?:is )?exceeded|input token count .*exceeds|too large for model/i

/** What a vendor writes that has no code for it. */
const noCredit = /credit balance is too low/i

interface Kind {
  readonly code: ErrorCode
  /** What the vendor did. */
  readonly what: string
  readonly retryable?: boolean
}

/** Codes that mean that the money is spent, so that waiting does not help. */
const spent: readonly unknown[] = ['insufficient_quota', 'credit_balance_exhausted', 'enforced_spend_limit_reached']

/** The statuses that vendors would have answered with, had they not begun already. */
const statuses: Readonly<Record<string, number>> = {
  invalid_request_error: 400,
  context_length_exceeded: 400,
  authentication_error: 401,
  insufficient_quota: 429,
  rate_limit_error: 429,
  rate_limit_exceeded: 429,
  requests: 429,
  tokens: 429,
  api_error: 500,
  server_error: 500,
  internal_server_error: 500,
  service_unavailable: 503,
  timeout_error: 504,
  overloaded_error: 529,
}

/** The status of the answer or, where it was one of success, that of the error within. */
function statusOf({ status, codes }: Facts): number | undefined {
  if (status !== undefined && status >= 400) return status
  const within = codes.map((code) => Number(Object.hasOwn(statuses, String(code)) ? statuses[String(code)] : code))
  return within.find((one) => one >= 400 && one < 600) ?? status
}

function kindOf(facts: Facts, told: ToldError): Kind {
  const { passing, codes } = facts
  const status = statusOf(facts)
  if (status === 401 || status === 403 || codes.includes('API_KEY_INVALID'))
    return { code: 'vendor_unauthorized', what: 'refused the API key' }
  if (status === 402 || codes.some((code) => spent.includes(code)) || noCredit.test(told.message ?? ''))
    return { code: 'vendor_rate_limited', what: 'says that the budget is spent' }
  if (status === 429) return { code: 'vendor_rate_limited', what: 'asks to wait', retryable: true }
  if (status === 408 || status === 409 || (status !== undefined && status >= 500)) {
    return { code: 'vendor_unavailable', what: 'is not available', retryable: true }
  }
  if (status !== undefined && status >= 400)
    return codes.includes('context_length_exceeded') || tooLong.test(told.message ?? '')
      ? { code: 'context_exceeded', what: 'refused the request as too long' }
      : { code: 'vendor_refused', what: 'refused the request' }
  if (told.name === 'AbortError') return { code: 'aborted', what: 'aborted the call' }
  if (isConnectionFailure(told) || (told.name === 'AI_APICallError' && passing)) {
    return { code: 'vendor_unavailable', what: 'cannot be reached', retryable: true }
  }
  return { code: 'vendor_failed', what: 'gave no usable answer' }
}

const connectionCode = /^(UND_ERR_|E(CONN|PIPE|HOST|NET|TIMEDOUT|AI_AGAIN|NOTFOUND))/
const connectionMessage = /^(fetch failed|terminated|other side closed)$/

function isConnectionFailure({ name, code, message, cause }: ToldError): boolean {
  if (name === 'TimeoutError' || connectionCode.test(code ?? '') || connectionMessage.test(message ?? '')) return true
  return cause !== undefined && isConnectionFailure(cause)
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}
