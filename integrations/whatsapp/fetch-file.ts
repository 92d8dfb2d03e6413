import { PlugboardError } from 'plugboard'
import { type Caller, fetchSigned, findMedia } from './api.ts'

/** Who may be given the token: hosts of Meta that hold files. */
const hosts = /(?:^|\.)(?:fbsbx\.com|facebook\.com|fbcdn\.net|whatsapp\.net)$/

/**
 * A file from Meta, which has what somebody sent for a week.
 * @throws {PlugboardError} with the code `vendor_refused` for one that it does not give.
 */
export async function fetchFile(caller: Caller, id: string): Promise<Response> {
  const { url } = await findMedia(caller, id)
  if (!isMetas(caller, url))
    throw new PlugboardError({
      code: 'vendor_failed',
      message: 'WhatsApp gives an address for a file that is not its own',
    })
  const response = await fetchSigned(caller, url, 'a file that somebody sent')
  if (response.ok) return response
  await response.body?.cancel()
  throw new PlugboardError({
    code: response.status >= 500 ? 'vendor_unavailable' : 'vendor_refused',
    message: `WhatsApp answered with the status ${response.status} for a file that somebody sent`,
    retryable: response.status >= 500,
  })
}

function isMetas({ configuration }: Caller, address: string): boolean {
  const { protocol, hostname, origin } = new URL(address)
  return origin === new URL(configuration.apiUrl).origin || (protocol === 'https:' && hosts.test(hostname))
}
