import { PlugboardError } from 'plugboard'
import { safeFetch } from 'plugboard/security'
import type { Outgoing } from './outgoing.ts'

/** What is fetched to be uploaded, in bytes at most. */
const longestUpload = 50 * 1024 * 1024
const longestDownload = 30_000

/** Bytes and what they are called. */
export interface Upload {
  readonly name: string
  readonly content: Uint8Array<ArrayBuffer>
}

/** What stands at an address: in the address itself, among the files of this installation, or out there. */
export async function uploadFrom(outgoing: Outgoing, url: string): Promise<Upload> {
  if (url.startsWith('data:')) return { name: nameOf(url, url.slice('data:'.length)), content: await dataIn(url) }
  const { client } = outgoing
  const own = client.fileAt(url)
  if (own) return { name: own.name, content: await client.fetchFile(own, outgoing) }
  const response = await safeFetch(url, { signal: outgoing.signal, limit: longestUpload, timeout: longestDownload })
  if (!response.ok)
    throw new PlugboardError({
      code: 'vendor_refused',
      message: `what is to be sent is not at its address, which was answered with the status ${response.status}`,
      retryable: response.status >= 500,
    })
  return { name: nameOf(url, response.headers.get('content-type') ?? ''), content: await bytesOf(response) }
}

/** Whether Slack can fetch what stands at an address by itself. */
export const isPublic = ({ client }: Outgoing, url: string): boolean =>
  /^https?:/.test(url) && client.fileAt(url) === undefined

async function dataIn(url: string): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(url).catch((cause: unknown) => {
    throw new PlugboardError({ code: 'vendor_refused', message: 'a data URL cannot be read', cause })
  })
  return bytesOf(response)
}

const bytesOf = async (response: Response): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await response.arrayBuffer())

/** Slack tells what a file is by the end of its name. */
function nameOf(url: string, type: string): string {
  const path = url.startsWith('data:') ? '' : new URL(url).pathname
  const last = decoded(path.slice(path.lastIndexOf('/') + 1))
  if (/\.\w+$/.test(last)) return last
  const [, kind = 'bin'] = /^\w+\/(?:x-)?(\w+)/.exec(type) ?? []
  return `${last || 'file'}.${endings[kind] ?? kind}`
}

const endings: Readonly<Record<string, string>> = { jpeg: 'jpg', plain: 'txt', mpeg: 'mp3', octet: 'bin', svg: 'svg' }

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
