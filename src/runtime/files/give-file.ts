import type { WebhookRequest, WebhookResponse } from '../../implementation/request.ts'
import { fileHeaders } from '../../security/file-headers.ts'
import type { FileClient } from '../../implementation/file-client.ts'
import type { Installation } from '../composition/installation.ts'
import { problem } from '../http/problem.ts'
import type { Clock } from '../ports/clock.ts'
import { givenAt, isGivenOut } from './file-address.ts'
import { hasEnded, openFile, signerOf, unless } from './platform-files.ts'

/** How long whoever read a file need not ask again, in seconds. */
const longestAge = 86_400

/** Answers whoever has the address of a platform's file. */
export async function giveFile(
  request: WebhookRequest,
  {
    installation,
    clock,
    kept,
    context,
  }: {
    readonly installation: Installation
    readonly clock: Clock
    readonly kept: FileClient
    readonly context: object
  },
): Promise<WebhookResponse> {
  const { path, query, method } = request
  const given = givenAt(path, query)
  if (!given) return problem(404, 'not_found', 'there is nothing at this path')
  if (!isGivenOut(given, signerOf(installation, context)))
    return problem(401, 'file_address_invalid', 'the address was not given out here, or was changed')
  if (hasEnded(given, clock)) return problem(410, 'file_address_expired', 'the time of the address is over')
  if (method !== 'GET' && method !== 'HEAD') return { status: 405, headers: { allow: 'GET, HEAD' } }
  const { file, expires = Infinity } = given
  const content = await openFile(file, { installation, kept, context }).catch(unless('vendor_refused', 'file_unknown'))
  if (content === undefined) return problem(404, 'file_unknown', 'the platform does not give the file any more')
  const age = Math.min(longestAge, Math.floor(expires - clock.now() / 1000))
  const headers = { ...fileHeaders(file), 'cache-control': `private, max-age=${age}` }
  if (method === 'GET' && content) return { status: 200, headers, body: content }
  if (content instanceof ReadableStream) await content.cancel()
  return { status: 200, headers }
}
