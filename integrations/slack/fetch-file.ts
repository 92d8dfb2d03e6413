import { PlugboardError } from 'plugboard'
import { apiUrlOf, type Caller, callSlack, tokenOf } from './api.ts'

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
