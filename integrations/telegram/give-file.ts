import { PlugboardError, type WebhookResponse } from 'plugboard'
import { apiOf, type Caller, fileAddress } from './api.ts'
import { fileKeyOf, requestedFile, type TelegramFile } from './file-address.ts'
import type { RequestProps, TelegramProps } from './props.ts'

/** What a browser may show without running anything in it. */
const shown = /^(?:image\/(?!svg)|audio\/|video\/)/

/** Answers with a file that somebody sent: the one that is kept, or else the one that Telegram has. */
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
export async function keptFile(props: TelegramProps, { uniqueId }: TelegramFile): Promise<Uint8Array | undefined> {
  const kept = await props.client.readFile({ key: fileKeyOf(props, uniqueId) }).catch(unlessUnknown)
  return kept?.content
}

/**
 * A file from Telegram, which gives bots none of more than 20 MB.
 * @throws {PlugboardError} with the code `vendor_refused` for one that it does not give.
 */
export async function fetchFile(caller: Caller, id: string): Promise<Response> {
  const { file_path } = await apiOf(caller).getFile({ file_id: id })
  if (file_path === undefined)
    throw new PlugboardError({ code: 'vendor_refused', message: 'Telegram gives no path for the file' })
  const response = await fetch(fileAddress(caller.configuration, file_path), { signal: caller.signal }).catch(
    (): never => {
      // Not with what caused it: that may quote the address, and with it the token.
      throw new PlugboardError({
        code: 'vendor_unavailable',
        message: 'Telegram cannot be reached for a file',
        retryable: true,
      })
    },
  )
  if (response.ok) return response
  await response.body?.cancel()
  throw new PlugboardError({
    code: response.status >= 500 ? 'vendor_unavailable' : 'vendor_refused',
    message: `Telegram answered with the status ${response.status} for a file`,
    retryable: response.status >= 500,
  })
}

function unlessUnknown(error: unknown): undefined {
  if (!PlugboardError.isInstance(error) || error.code !== 'file_unknown') throw error
}
