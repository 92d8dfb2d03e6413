import type { WebhookResponse } from '../../implementation/request.ts'

/** Bytes that an answer of a script may have. */
const longest = 65_536

/** What a script gave as the answer to a request; undefined if it gave none. A text says why what it gave is no answer. */
export function answerFrom(given: unknown): WebhookResponse | string | undefined {
  if (given === null || given === undefined) return undefined
  if (typeof given === 'string') return withBody({}, given)
  if (typeof given !== 'object' || Array.isArray(given))
    return 'its result is neither null nor a text nor an object with status, headers and body'
  const { status, headers = {}, body, ...rest } = given as Readonly<Record<string, unknown>>
  const [unknown] = Object.keys(rest)
  if (unknown !== undefined) return `its result has a field '${unknown}'; an answer has status, headers and body`
  if (status !== undefined && !(Number.isInteger(status) && (status as number) >= 200 && (status as number) <= 599))
    return 'its status is no number from 200 to 599'
  const read = headersFrom(headers)
  if (!read) return 'its headers are no object of names and texts'
  const answer = { ...(status !== undefined && { status: status as number }), headers: read }
  if (body === undefined || body === null) return answer
  if (typeof body === 'string') return withBody(answer, body)
  return withBody({ ...answer, headers: { 'content-type': 'application/json', ...read } }, JSON.stringify(body))
}

function withBody(answer: WebhookResponse, body: string): WebhookResponse | string {
  if (Buffer.byteLength(body) > longest) return `its body has more than ${longest} bytes`
  // What a platform sent may be in it: no browser is to take it for a page.
  return { ...answer, headers: { 'content-type': 'text/plain; charset=utf-8', ...answer.headers }, body }
}

/** Headers with names in lower case, as servers take them; undefined where there are others. */
function headersFrom(given: unknown): Record<string, string> | undefined {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return undefined
  const found = new Headers()
  try {
    for (const [name, value] of Object.entries(given)) {
      if (typeof value !== 'string') return undefined
      found.set(name, value)
    }
  } catch {
    return undefined
  }
  return Object.fromEntries(found)
}
