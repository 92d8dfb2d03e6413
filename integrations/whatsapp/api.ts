import { PlugboardError, z } from 'plugboard'
import { graphErrorIn, refused } from './answer.ts'
import type { Settings } from './configuration.ts'

/** What a call needs. */
export interface Caller {
  readonly configuration: Pick<Settings, 'accessToken' | 'apiUrl' | 'apiVersion' | 'phoneNumberId'>
  readonly signal: AbortSignal
}

interface Call<T> {
  /** For errors: `a message`. */
  readonly what: string
  /** What follows the version. */
  readonly path: string
  /** Left out, it is asked for. */
  readonly body?: object | FormData
  /** What is answered. */
  readonly answer: z.ZodType<T>
}

/** Milliseconds after which a call is given up. */
const longestCall = 60_000

const sent = z.looseObject({
  messages: z.array(z.looseObject({ id: z.string().min(1) })).min(1),
  contacts: z
    .array(z.looseObject({ wa_id: z.string().optional(), user_id: z.string().optional() }))
    .optional()
    .catch(undefined),
})
const done = z.looseObject({ success: z.literal(true) })
const uploaded = z.looseObject({ id: z.string().min(1) })
const media = z.looseObject({ url: z.url(), mime_type: z.string().optional(), file_size: z.coerce.number().optional() })
const number = z.looseObject({
  id: z.string(),
  display_phone_number: z.string(),
  verified_name: z.string().optional(),
})

/** Sends a message. Gives what WhatsApp calls it, and by what it knows the person. */
export async function sendMessage(caller: Caller, message: object): Promise<z.output<typeof sent>> {
  const body = { messaging_product: 'whatsapp', ...message }
  return call(caller, { what: 'a message', path: `${caller.configuration.phoneNumberId}/messages`, body, answer: sent })
}

/** Shows that a message was read, with all before it. */
export async function markAsRead(caller: Caller, messageId: string, more: object = {}): Promise<void> {
  const body = { messaging_product: 'whatsapp', status: 'read', message_id: messageId, ...more }
  const path = `${caller.configuration.phoneNumberId}/messages`
  await call(caller, { what: 'a message to be marked as read', path, body, answer: done })
}

/** Hands in a file, to be sent by its id within thirty days. */
export async function uploadMedia(caller: Caller, file: File): Promise<string> {
  const body = new FormData()
  body.set('messaging_product', 'whatsapp')
  body.set('type', file.type)
  body.set('file', file)
  const path = `${caller.configuration.phoneNumberId}/media`
  return (await call(caller, { what: 'a file', path, body, answer: uploaded })).id
}

/** Where a file is, for five minutes. */
export function findMedia(caller: Caller, id: string): Promise<z.output<typeof media>> {
  const { phoneNumberId } = caller.configuration
  const path = `${encodeURIComponent(id)}?phone_number_id=${phoneNumberId}`
  return call(caller, { what: 'a file that somebody sent', path, answer: media })
}

export function findNumber(caller: Caller): Promise<z.output<typeof number>> {
  const path = `${caller.configuration.phoneNumberId}?fields=id,display_phone_number,verified_name`
  return call(caller, { what: 'the phone number', path, answer: number })
}

/** Fetches with the token. Throws nothing but errors of Plugboard that do not repeat it. */
export async function fetchSigned(
  { configuration, signal }: Caller,
  url: string,
  what: string,
  request: RequestInit = {},
): Promise<Response> {
  const headers = new Headers(request.headers)
  headers.set('authorization', `Bearer ${configuration.accessToken}`)
  return fetch(url, { signal, ...request, headers }).catch((error: unknown) => {
    throw failureOf(what, error, signal)
  })
}

async function call<T>(caller: Caller, { what, path, body, answer }: Call<T>): Promise<T> {
  const { apiUrl, apiVersion, accessToken } = caller.configuration
  const isForm = body instanceof FormData
  const signal = AbortSignal.any([caller.signal, AbortSignal.timeout(longestCall)])
  const request: RequestInit = body
    ? {
        signal,
        method: 'POST',
        body: isForm ? body : JSON.stringify(body),
        ...(!isForm && { headers: { 'content-type': 'application/json' } }),
      }
    : { signal }
  const response = await fetchSigned(caller, `${apiUrl.replace(/\/+$/, '')}/${apiVersion}/${path}`, what, request)
  const text = await response.text().catch((error: unknown) => {
    throw failureOf(what, error, caller.signal)
  })
  const given = parsed(text)
  const error = graphErrorIn(given)
  const { status, headers } = response
  if (error) throw refused(what, { status, headers, error }, accessToken)
  const taken = response.ok ? answer.safeParse(given) : undefined
  if (taken?.success) return taken.data
  throw new PlugboardError({
    code: status >= 500 ? 'vendor_unavailable' : 'vendor_failed',
    message: `WhatsApp answered with the status ${status} and what is no answer to ${what}`,
    retryable: true,
  })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function failureOf(what: string, error: unknown, signal: AbortSignal): unknown {
  const reason: unknown = signal.reason
  if (signal.aborted && PlugboardError.isInstance(reason)) return reason
  if (signal.aborted)
    return new PlugboardError({ code: 'aborted', message: `the call for ${what} was aborted`, cause: reason })
  return new PlugboardError({
    code: 'vendor_unavailable',
    message: `WhatsApp cannot be reached for ${what}: ${systemCodeIn(error) ?? 'the connection broke, or took too long'}`,
    retryable: true,
  })
}

/** Such as `ECONNREFUSED`. */
function systemCodeIn(error: unknown): string | undefined {
  for (let at = error, depth = 0; at instanceof Error && depth < 4; at = at.cause, depth += 1)
    if ('code' in at && typeof at.code === 'string' && /^[A-Z][A-Z_\d]+$/.test(at.code)) return at.code
  return undefined
}
