import { PlugboardError } from 'plugboard'

/** The most characters of an answer that an error repeats. */
const longestExcerpt = 300

/** What a receiver answered, as an error. */
export async function refusal(response: Response): Promise<PlugboardError> {
  const { status } = response
  const retryAfter = retryAfterOf(response.headers.get('retry-after'))
  const excerpt = await excerptOf(response)
  const said = excerpt === '' ? `${status}` : `${status}: ${excerpt}`
  if (status === 429)
    return new PlugboardError({
      code: 'vendor_rate_limited',
      message: `the receiver asks to wait (${said})`,
      retryable: true,
      retryAfter,
    })
  if (status >= 500)
    return new PlugboardError({
      code: 'vendor_unavailable',
      message: `the receiver failed (${said})`,
      retryable: true,
      retryAfter: status === 503 ? retryAfter : undefined,
    })
  const what =
    status === 410
      ? 'the receiver wants no webhooks at this address any more: take it out'
      : status < 400
        ? 'the receiver is elsewhere, and redirects are not followed: name its own address'
        : 'the receiver refused the webhook'
  return new PlugboardError({ code: 'vendor_refused', message: `${what} (${said})`, retryable: passing.has(status) })
}

/** What may be otherwise in a moment: while the receiver is brought up anew, or changes its secret. */
const passing: ReadonlySet<number> = new Set([401, 403, 404, 408, 409, 425])

/** Milliseconds, of seconds or a date. */
function retryAfterOf(header: string | null): number | undefined {
  if (header === null) return undefined
  if (/^\s*\d{1,9}\s*$/.test(header)) return Number(header) * 1000
  const date = Date.parse(header)
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now())
}

/** The beginning of an answer, on one line. The rest is not read. */
async function excerptOf({ body }: Response): Promise<string> {
  if (!body) return ''
  const decoder = new TextDecoder()
  let text = ''
  try {
    for await (const chunk of body) {
      text += decoder.decode(chunk, { stream: true })
      if (text.length >= longestExcerpt) break
    }
  } catch {
    // An answer that breaks off has said by its status what matters.
  }
  return text.slice(0, longestExcerpt).replaceAll(/\s+/g, ' ').trim()
}
