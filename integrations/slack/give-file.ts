import { PlugboardError, type WebhookResponse } from 'plugboard'
import { apiUrlOf, type Caller, callSlack, tokenOf } from './api.ts'
import { requestedFile } from './file-address.ts'
import type { RequestProps } from './props.ts'

/** What a browser may show without running anything in it. */
const shown = /^(?:image\/(?!svg)|audio\/|video\/)/

/** Answers with a file that somebody sent, as Slack has it. */
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
  try {
    const { body } = await fetchFile(props, file.id)
    return { status: 200, headers, ...(body && { body }) }
  } catch (error) {
    const gone = PlugboardError.isInstance(error) && error.code === 'vendor_refused'
    if (!gone) throw error
    return { status: 404 }
  }
}

/**
 * A file from Slack.
 * @throws {PlugboardError} with the code `vendor_refused` for one that it does not give.
 */
export async function fetchFile(caller: Caller, id: string): Promise<Response> {
  const { file } = await callSlack(caller, (api) => api.files.info({ file: id }))
  const url = file?.url_private_download ?? file?.url_private
  if (url === undefined || !isOfSlack(caller, url)) throw refusal('Slack has no address of its own for the file')
  const authorization = `Bearer ${await tokenOf(caller)}`
  const response = await fetch(url, { signal: caller.signal, headers: { authorization } }).catch((): never => {
    throw new PlugboardError({
      code: 'vendor_unavailable',
      message: 'Slack cannot be reached for a file',
      retryable: true,
    })
  })
  // Whom it does not know it sends to a page where people log in.
  const page = response.headers.get('content-type')?.startsWith('text/html') && !file?.mimetype?.startsWith('text/html')
  if (response.ok && !page) return response
  await response.body?.cancel()
  if (response.status >= 500)
    throw new PlugboardError({
      code: 'vendor_unavailable',
      message: `Slack answered with the status ${response.status} for a file`,
      retryable: true,
    })
  throw refusal(`Slack answered with the status ${response.status} and no file`)
}

/** Whether the token may be shown to an address. */
function isOfSlack(caller: Caller, url: string): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, hostname, origin } = new URL(url)
  const api = new URL(apiUrlOf(caller))
  const home = api.hostname.split('.').slice(-2).join('.')
  return origin === api.origin || (protocol === 'https:' && hostname.endsWith(`.${home}`))
}

const refusal = (message: string): PlugboardError => new PlugboardError({ code: 'vendor_refused', message })
