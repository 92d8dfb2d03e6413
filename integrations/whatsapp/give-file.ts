import { PlugboardError, type WebhookResponse } from 'plugboard'
import { type Caller, fetchSigned, findMedia } from './api.ts'
import { fileKeyOf, requestedFile, type WhatsappFile } from './file-address.ts'
import type { RequestProps, WhatsappProps } from './props.ts'

/** What a browser may show without running anything in it. */
const shown = /^(?:image\/(?!svg)|audio\/|video\/)/

/** Who may be given the token: hosts of Meta that hold files. */
const hosts = /(?:^|\.)(?:fbsbx\.com|facebook\.com|fbcdn\.net|whatsapp\.net)$/

/** Answers with a file that somebody sent: the one that is kept, or else the one that Meta has. */
export async function giveFile(props: RequestProps): Promise<WebhookResponse> {
  const { file } = requestedFile(props.req.path) ?? {}
  if (!file) return { status: 404 }
  const headers = {
    'content-type': file.contentType,
    'content-disposition': `${shown.test(file.contentType) ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(file.name)}`,
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, max-age=86400',
  }
  const kept = await keptFile(props, file)
  if (kept) return { status: 200, headers, body: kept }
  try {
    const { body } = await fetchFile(props, file.id)
    return { status: 200, headers, ...(body && { body }) }
  } catch (error) {
    const gone = PlugboardError.isInstance(error) && error.code === 'vendor_refused'
    if (!gone) throw error
    return { status: 404 }
  }
}

/** The bytes of a file, if it is kept among those of the bot. */
export async function keptFile(props: WhatsappProps, { id }: WhatsappFile): Promise<Uint8Array | undefined> {
  const kept = await props.client.readFile({ key: fileKeyOf(props, id) }).catch(unlessUnknown)
  return kept?.content
}

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

function unlessUnknown(error: unknown): undefined {
  if (!PlugboardError.isInstance(error) || error.code !== 'file_unknown') throw error
}
