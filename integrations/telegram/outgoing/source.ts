import { InputFile } from 'grammy'
import { PlugboardError } from 'plugboard'
import { safeFetch } from 'plugboard/security'
import { answerIn } from '../answer.ts'
import type { Outgoing } from './outgoing.ts'

/** What bots may upload, in bytes. */
const longestUpload = 50 * 1024 * 1024
const longestDownload = 30_000

/** What Telegram says when it could not fetch an address by itself, or what is there is nothing that it takes by address. */
const notFetched = /http url|web ?page|wrong file identifier|WEBPAGE_|failed to get|wrong type/i

/**
 * Sends what stands at an address. Telegram fetches most by itself, which is fastest; what it cannot reach or takes only as
 * an upload, and what stands in the address itself or among the bot's files, is uploaded.
 */
export async function sendFrom<T>(
  outgoing: Outgoing,
  url: string,
  send: (source: string | InputFile) => Promise<T>,
): Promise<T> {
  const own = await ownFile(outgoing, url)
  if (own) return send(own)
  try {
    return await send(url)
  } catch (error) {
    const answer = answerIn(error)
    if (answer?.error_code !== 400 || !notFetched.test(answer.description)) throw error
    return send(await download(outgoing, url))
  }
}

async function ownFile(outgoing: Outgoing, url: string): Promise<InputFile | undefined> {
  if (url.startsWith('data:')) return new InputFile(await dataIn(url), nameOf(url, url.slice('data:'.length)))
  const { client } = outgoing
  const file = client.fileAt(url)
  return file && new InputFile(await client.fetchFile(file, outgoing), file.name)
}

async function dataIn(url: string): Promise<Uint8Array> {
  const response = await fetch(url).catch((cause: unknown) => {
    throw new PlugboardError({ code: 'vendor_refused', message: 'a data URL cannot be read', cause })
  })
  return bytesOf(response)
}

async function download({ signal }: Outgoing, url: string): Promise<InputFile> {
  const response = await safeFetch(url, { signal, limit: longestUpload, timeout: longestDownload })
  if (!response.ok)
    throw new PlugboardError({
      code: 'vendor_refused',
      message: `what is to be sent is not at its address, which was answered with the status ${response.status}`,
      retryable: response.status >= 500,
    })
  const type = response.headers.get('content-type') ?? ''
  return new InputFile(await bytesOf(response), nameOf(url, type))
}

const bytesOf = async (response: Response): Promise<Uint8Array> => new Uint8Array(await response.arrayBuffer())

/** Telegram tells what a file is by the end of its name. */
function nameOf(url: string, type = ''): string {
  const path = url.startsWith('data:') ? '' : new URL(url).pathname
  const last = decodeURIComponentSafely(path.slice(path.lastIndexOf('/') + 1))
  if (/\.\w+$/.test(last)) return last
  const [, kind = 'bin'] = /^\w+\/(?:x-)?(\w+)/.exec(type) ?? []
  return `${last || 'file'}.${endings[kind] ?? kind}`
}

const endings: Readonly<Record<string, string>> = { jpeg: 'jpg', plain: 'txt', mpeg: 'mp3', octet: 'bin', svg: 'svg' }

function decodeURIComponentSafely(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
