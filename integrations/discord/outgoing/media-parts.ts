import { PlugboardError } from 'plugboard'
import { safeFetch } from 'plugboard/security'
import type { Upload } from '../api.ts'
import { refusal } from '../place.ts'
import type { Outgoing, Part } from './outgoing.ts'
import { textParts, writtenParts } from './text-parts.ts'
import { escaped, shortened } from './text.ts'

/** What every bot may upload, in bytes. */
const longestUpload = 10 * 1024 * 1024
const longestDownload = 30_000
const longestTitle = 256
const longestUrl = 2048

/** Whether Discord shows a picture from its address. */
export const isShowable = (url: string): boolean => /^https?:/.test(url) && url.length <= longestUrl

/** A picture: Discord shows it from its address; one that stands in the address itself is uploaded. */
export async function imageParts(outgoing: Outgoing, url: string, title: string | undefined): Promise<Part[]> {
  if (!isShowable(url)) return fileParts(outgoing, url, title)
  return [{ embeds: [{ ...(title && { title: shortened(title, longestTitle) }), image: { url } }] }]
}

/** A file: uploaded with what is said of it, if it can be fetched and is not too large; else its address. */
export async function fileParts(outgoing: Outgoing, url: string, title: string | undefined): Promise<Part[]> {
  const upload = url.startsWith('data:') ? await fromData(url) : await download(outgoing, url)
  const [first, ...rest] = title === undefined || title === '' ? [] : textParts(title)
  if (!upload) return writtenParts([...(title ? [escaped(title)] : []), url].join('\n'))
  return [{ ...first, files: [upload] }, ...rest]
}

async function fromData(url: string): Promise<Upload> {
  const response = await fetch(url).catch((cause: unknown) => {
    throw new PlugboardError({ code: 'vendor_refused', message: 'a data URL cannot be read', cause })
  })
  const upload = await uploadOf(response, url)
  if (upload.content.byteLength > longestUpload) throw refusal('Discord takes no file of more than 10 MiB')
  return upload
}

/** What stands at an address; undefined where that is too large, or nothing that may be fetched. */
async function download({ signal, logger }: Outgoing, url: string): Promise<Upload | undefined> {
  try {
    const response = await safeFetch(url, { signal, limit: longestUpload, timeout: longestDownload })
    if (response.ok) return await uploadOf(response, url)
    await response.body?.cancel()
    return undefined
  } catch (error) {
    if (signal.aborted) throw error
    logger.debug('a file is sent as its address, since it cannot be fetched', { error })
    return undefined
  }
}

async function uploadOf(response: Response, url: string): Promise<Upload> {
  const contentType = response.headers.get('content-type') ?? 'application/octet-stream'
  return { name: nameOf(url, contentType), content: new Uint8Array(await response.arrayBuffer()), contentType }
}

/** Discord tells what a file is by the end of its name. */
function nameOf(url: string, contentType: string): string {
  const last = url.startsWith('data:') ? '' : (new URL(url).pathname.split('/').at(-1) ?? '')
  if (/^[\w.-]+\.\w+$/.test(last)) return last
  const [, kind = 'bin'] = /^\w+\/(?:x-)?(\w+)/.exec(contentType) ?? []
  return `file.${endings[kind] ?? kind}`
}

const endings: Readonly<Record<string, string>> = { jpeg: 'jpg', plain: 'txt', mpeg: 'mp3', octet: 'bin' }
