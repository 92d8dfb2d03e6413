import { PlugboardError } from 'plugboard'
import { apiOf, type Caller, fileAddress } from './api.ts'

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
