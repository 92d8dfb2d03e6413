import { isIP } from 'node:net'
import { isPublicAddress } from 'plugboard/security'
import type { Outgoing, Part } from './outgoing.ts'
import { textParts, writtenParts } from './text-parts.ts'
import { escaped, shortened } from './text.ts'

/** What every bot may upload, in bytes. */
const longestUpload = 10 * 1024 * 1024
const longestTitle = 256
const longestUrl = 2048

/** Whether Discord can show a picture from its address: what the bot gives, it may give to nobody else. */
export function isShowable({ webhookUrl }: Outgoing, url: string): boolean {
  const { protocol, hostname } = new URL(url)
  const host = hostname.replace(/^\[|\]$/g, '')
  const isPrivate = host === 'localhost' || (isIP(host) !== 0 && !isPublicAddress(host))
  const isOwn = url.startsWith(webhookUrl.replace(/[^/]+\/webhook$/, ''))
  return /^https?:$/.test(protocol) && url.length <= longestUrl && !isPrivate && !isOwn
}

/** A picture: Discord shows it from its address; what it cannot fetch by itself is uploaded. */
export async function imageParts(outgoing: Outgoing, url: string, title: string | undefined): Promise<Part[]> {
  if (!isShowable(outgoing, url)) return fileParts(outgoing, url, title)
  return [{ embeds: [{ ...(title && { title: shortened(title, longestTitle) }), image: { url } }] }]
}

/** A file: uploaded with what is said of it, if it can be fetched and is not too large; else its address. */
export async function fileParts(outgoing: Outgoing, url: string, title: string | undefined): Promise<Part[]> {
  const upload = await fileAt(outgoing, url)
  const [first, ...rest] = title === undefined || title === '' ? [] : textParts(title)
  if (!upload) return writtenParts([...(title ? [escaped(title)] : []), url].join('\n'))
  return [{ ...first, files: [upload] }, ...rest]
}

/** What stands at an address; undefined where that is too large, or nothing that may be fetched. */
async function fileAt({ client, signal, logger }: Outgoing, url: string): Promise<File | undefined> {
  try {
    return await client.fetchAddress(url, { signal, limit: longestUpload })
  } catch (error) {
    // It has no address beside what it is.
    if (signal.aborted || url.startsWith('data:')) throw error
    logger.debug('a file is sent as its address, since it cannot be fetched', { error })
    return undefined
  }
}
