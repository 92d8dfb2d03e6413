import { PlugboardError } from '../../errors/index.ts'
import type { FileClient } from '../../implementation/file-client.ts'
import type { FetchAddressOptions, PlatformFileClient } from '../../implementation/platform-file-client.ts'
import { safeFetch } from '../../security/index.ts'

const defaultLimit = 10 * 1024 * 1024
const defaultTimeout = 30_000
/** What the bot itself gives is asked for wherever it runs. */
const anywhere = ['0.0.0.0/0', '::/0']

/** Where an address may lead before it leads out. */
export interface OwnFiles extends Pick<PlatformFileClient, 'fileAt' | 'fetchFile'>, Pick<FileClient, 'readFile'> {
  /** Where the bot is reached. */
  readonly botUrl: string
}

/** What stands at an address: in itself, among the files of the installation, at another place of this bot, or out there. */
export async function fetchAddress(
  { botUrl, fileAt, fetchFile, readFile }: OwnFiles,
  address: string,
  { signal, limit = defaultLimit, timeout = defaultTimeout }: FetchAddressOptions = {},
): Promise<File> {
  const own = fileAt(address)
  const signalled = { ...(signal && { signal }) }
  if (own) {
    const { name, contentType: type } = own
    return demandSize(new File([await fetchFile(own, signalled)], name, { type }), limit)
  }
  if (address.startsWith('data:')) return demandSize(await fileFrom(await dataIn(address), ''), limit)
  const isOwn = address.startsWith(`${botUrl}/`)
  // What an installation keeps and gives to its visitor alone, the bot may send on.
  const [, alias, id] = (isOwn && /^([^/?#]+)\/files\/([^/?#]+)$/.exec(address.slice(botUrl.length + 1))) || []
  const kept = id === undefined ? undefined : await readFile({ key: `${alias}/${decoded(id)}` }).catch(unknown)
  if (kept) {
    const { tags, contentType: type } = kept.file
    return demandSize(new File([new Uint8Array(kept.content)], tags['name'] ?? nameOf('', type), { type }), limit)
  }
  const response = await safeFetch(address, {
    limit,
    timeout,
    ...signalled,
    ...(isOwn && { allow: anywhere, redirect: 'error' as const }),
  })
  if (response.ok) return fileFrom(response, new URL(address).pathname)
  await response.body?.cancel()
  throw new PlugboardError({
    code: 'vendor_refused',
    message: `there is no file at the address, which was answered with the status ${response.status}`,
    retryable: response.status >= 500,
  })
}

function unknown(error: unknown): undefined {
  if (!PlugboardError.isInstance(error) || error.code !== 'file_unknown') throw error
}

function demandSize(file: File, limit: number): File {
  if (file.size <= limit) return file
  throw new PlugboardError({ code: 'response_too_large', message: `the file has more than ${limit} bytes` })
}

async function dataIn(address: string): Promise<Response> {
  return fetch(address).catch((cause: unknown) => {
    throw new PlugboardError({ code: 'vendor_refused', message: 'a data URL cannot be read', cause })
  })
}

async function fileFrom(response: Response, path: string): Promise<File> {
  const [essence = ''] = (response.headers.get('content-type') ?? '').split(';')
  const type = essence.trim().toLowerCase() || 'application/octet-stream'
  return new File([await response.arrayBuffer()], nameOf(path, type), { type })
}

/** What the path ends in, if that is a name; by the end of a name platforms tell what a file is. */
function nameOf(path: string, type: string): string {
  const last = decoded(path.slice(path.lastIndexOf('/') + 1))
  if (/\.\w+$/.test(last)) return last
  const kind = type.slice(type.indexOf('/') + 1)
  const [ending = 'bin'] = /^\w+/.exec(kind.replace(/^x-/, '')) ?? []
  return `${last || 'file'}.${endings[kind] ?? ending}`
}

const endings: Readonly<Record<string, string>> = {
  jpeg: 'jpg',
  plain: 'txt',
  mpeg: 'mp3',
  quicktime: 'mov',
  'octet-stream': 'bin',
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
