import { PlugboardError } from 'plugboard'
import { safeFetch } from 'plugboard/security'
import { uploadMedia } from '../api.ts'
import { handedInAs } from './file-type.ts'
import type { Outgoing } from './outgoing.ts'

/** What WhatsApp takes at most, in bytes, as a document. */
const longestUpload = 100 * 1024 * 1024
const longestDownload = 30_000

/** Where a file is that is to be sent. */
export type Source =
  /** WhatsApp fetches it. */
  | { readonly link: string }
  /** WhatsApp has it. */
  | { readonly id: string; readonly type: string; readonly name: string }

/**
 * What stands at an address. WhatsApp fetches most by itself, which is fastest; what stands in the address itself or among the bot's
 * files is handed in.
 */
export async function sourceOf(outgoing: Outgoing, url: string): Promise<Source> {
  const own = await ownFile(outgoing, url)
  if (!own) return { link: url }
  // What cannot be handed in, Meta may still take from its address.
  const isTaken = handedInAs(own.type, own.name) !== undefined
  return isTaken || url.startsWith('data:') ? handIn(outgoing, own) : { link: url }
}

/** What stands at an address, fetched by the bot, from public addresses alone. */
export async function fetchedSource(outgoing: Outgoing, url: string): Promise<Source> {
  const { signal } = outgoing
  const response = await safeFetch(url, { signal, limit: longestUpload, timeout: longestDownload })
  if (!response.ok)
    throw new PlugboardError({
      code: 'vendor_refused',
      message: `what is to be sent is not at its address, which was answered with the status ${response.status}`,
      retryable: response.status >= 500,
    })
  return handIn(outgoing, await fileFrom(response, nameOf(url)))
}

/** How an address ends, if that is a name. */
export function nameOf(url: string): string | undefined {
  if (url.startsWith('data:') || !URL.canParse(url)) return undefined
  const { pathname } = new URL(url)
  try {
    const last = decodeURIComponent(pathname.slice(pathname.lastIndexOf('/') + 1))
    return /\.\w+$/.test(last) ? last : undefined
  } catch {
    return undefined
  }
}

async function handIn(outgoing: Outgoing, file: File): Promise<Source> {
  const { name } = file
  const type = handedInAs(file.type, name)
  if (type === undefined)
    throw new PlugboardError({
      code: 'vendor_refused',
      message: `WhatsApp takes no file of the type '${file.type}': give it as one that it takes, such as PDF, or as a link in a text`,
    })
  return { id: await uploadMedia(outgoing, new File([file], name, { type })), type, name }
}

async function ownFile(outgoing: Outgoing, url: string): Promise<File | undefined> {
  if (url.startsWith('data:')) return dataIn(url)
  const { client } = outgoing
  const file = client.fileAt(url)
  return file && new File([await client.fetchFile(file, outgoing)], file.name, { type: file.contentType })
}

async function dataIn(url: string): Promise<File> {
  const response = await fetch(url).catch((cause: unknown) => {
    throw new PlugboardError({ code: 'vendor_refused', message: 'a data URL cannot be read', cause })
  })
  return fileFrom(response, undefined)
}

async function fileFrom(response: Response, name: string | undefined): Promise<File> {
  const [type = ''] = (response.headers.get('content-type') ?? '').split(';')
  const known = type.trim().toLowerCase() || 'application/octet-stream'
  const ending = (known.split('/')[1] ?? 'bin').replace(/^x-/, '')
  return new File([await response.arrayBuffer()], name ?? `file.${endings[ending] ?? ending}`, { type: known })
}

const endings: Readonly<Record<string, string>> = {
  jpeg: 'jpg',
  plain: 'txt',
  mpeg: 'mp3',
  'octet-stream': 'bin',
  'svg+xml': 'svg',
}
