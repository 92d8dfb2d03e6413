/**
 * How long a vendor asks to wait, in milliseconds: `retry-after-ms` where it is sent, else `retry-after`, which is in
 * seconds or a date (RFC 9110, section 10.2.3). Undefined where neither can be read.
 */
export function retryAfterOf(headers: Readonly<Record<string, string | undefined>> | undefined): number | undefined {
  const milliseconds = numberIn(headers?.['retry-after-ms'])
  if (milliseconds !== undefined) return milliseconds
  const given = headers?.['retry-after']
  if (given === undefined) return undefined
  const seconds = numberIn(given)
  if (seconds !== undefined) return seconds * 1000
  const date = Date.parse(given)
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now())
}

function numberIn(text: string | undefined): number | undefined {
  return text !== undefined && /^\s*\d+(\.\d+)?\s*$/.test(text) ? Number(text) : undefined
}
