import { PlugboardError, type Where } from '../../errors/index.ts'
import type { FileClient, StoredFile } from '../../implementation/file-client.ts'
import type { Clock } from '../ports/clock.ts'
import type { FileWrite } from '../ports/file-store.ts'
import type { Store } from '../ports/store.ts'
import { newId } from '../new-id.ts'
import { find, listing } from './found.ts'
import { mergedTags, textTags } from './tags.ts'

/** What the methods work with. */
export interface FileServices {
  readonly store: Store
  readonly clock: Clock
  /** The most bytes that a file may have. */
  readonly limit: number
  /** What was written and is not stored yet. */
  readonly written: readonly FileWrite[]
  write(write: FileWrite): Promise<void>
  readonly where: Where
}

/** How many bytes are written at once. */
const chunkSize = 1 << 20
const longest = { key: 500, contentType: 200 }

/** The part of a client that concerns files. */
export function files({ store, clock, limit, written, write, where }: FileServices): FileClient {
  const pending = (key: string): FileWrite | undefined =>
    written.findLast((one) => (one.kind === 'put' ? one.file.key : one.key) === key)
  const current = async (key: string): Promise<StoredFile | undefined> => {
    const last = pending(key)
    return last ? (last.kind === 'put' ? last.file : undefined) : store.getFile(key)
  }
  const read = async (key: string): ReturnType<Store['readFile']> => {
    const last = pending(key)
    if (!last) return store.readFile(key)
    return last.kind === 'put' ? { file: last.file, chunks: await store.readContent(last.content) } : undefined
  }
  return {
    uploadFile: async ({ key, content, contentType, tags = {} }) => {
      demandNames(key, contentType, where)
      const bytes = bytesOf(content, key, where)
      if (bytes.length > limit)
        throw new PlugboardError({
          code: 'file_too_large',
          message: `the file '${key}' has ${bytes.length} bytes; at most ${limit} are stored`,
          where,
        })
      const before = await current(key)
      const id = newId(clock.now())
      const now = new Date(clock.now()).toISOString()
      const file: StoredFile = Object.freeze({
        id: before?.id ?? id,
        key,
        contentType:
          contentType ?? (typeof content === 'string' ? 'text/plain; charset=utf-8' : 'application/octet-stream'),
        size: bytes.length,
        tags: mergedTags({}, textTags(tags, 'a file')),
        createdAt: before?.createdAt ?? now,
        updatedAt: now,
      })
      await Promise.all(chunksOf(bytes).map((chunk, place) => store.writeChunk(id, place, chunk)))
      await write({ kind: 'put', file, content: id })
      return { file }
    },
    getFile: async ({ key }) => ({ file: await find(current, 'file', key, where) }),
    readFile: async ({ key }) => {
      const { file, chunks } = await find(read, 'file', key, where)
      return { file, content: new Uint8Array(Buffer.concat(chunks)) }
    },
    listFiles: async ({ prefix, tags, cursor } = {}) =>
      store.listFiles({ prefix, ...listing({ tags, cursor }, 'files', where) }),
    deleteFile: async ({ key }) => {
      demandNames(key, undefined, where)
      await write({ kind: 'delete', key })
    },
  }
}

function chunksOf(bytes: Uint8Array): Uint8Array[] {
  const chunks: Uint8Array[] = []
  for (let start = 0; start < bytes.length; start += chunkSize) chunks.push(bytes.slice(start, start + chunkSize))
  return chunks
}

function bytesOf(content: unknown, key: string, where: Where): Uint8Array {
  if (typeof content === 'string') return new TextEncoder().encode(content)
  if (content instanceof Uint8Array) return content
  throw new PlugboardError({
    code: 'file_invalid',
    message: `the content of the file '${key}' must be a text or a Uint8Array, not ${typeof content}`,
    where,
  })
}

function demandNames(key: unknown, contentType: unknown, where: Where): void {
  const isText = (value: unknown, most: number): boolean =>
    typeof value === 'string' &&
    value.length > 0 &&
    value.length <= most &&
    !value.includes('\0') &&
    value.isWellFormed()
  const refuse = (what: string, most: number): never => {
    const message = `the ${what} of a file must be a text of 1 to ${most} characters`
    throw new PlugboardError({ code: 'file_invalid', message, where })
  }
  if (!isText(key, longest.key)) refuse('key', longest.key)
  if (contentType !== undefined && !isText(contentType, longest.contentType))
    refuse('content type', longest.contentType)
}
