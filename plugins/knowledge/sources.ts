import type { Context, Document, Progress } from './context.ts'
import { Unreadable } from './unreadable.ts'

/** Where files are listed: a folder, or all that a storage has. */
export type Place = Progress['ahead'][number]

/** A file that was met. */
export interface Met {
  /** The need, and what tells the file from others. */
  readonly key: string
  readonly source: Place['source']
  readonly path: string
  readonly contentType: string | undefined
  readonly size: number | undefined
  /** Differs if the file was changed; empty where the integration says nothing that would tell. */
  readonly facts: string
  readonly file: { readonly [name: string]: unknown }
}

/** A page of a place. */
export interface Listed {
  readonly met: readonly Met[]
  readonly folders: readonly Place[]
  readonly nextCursor: string | undefined
}

const pageSize = 100

/** Where listing begins. */
export function outermost({ interfaces }: Context): Place[] {
  return [
    ...(interfaces.files ? [{ source: 'files' as const, path: '' }] : []),
    ...(interfaces.storage ? [{ source: 'storage' as const, path: '' }] : []),
  ]
}

/** Lists a page of a place. */
export async function listPage(
  { interfaces, configuration }: Context,
  { source, folder, path }: Place,
  cursor: string | undefined,
): Promise<Listed> {
  if (source === 'storage') {
    const { prefix } = configuration
    const page = await demanded(interfaces.storage, source).listFiles({
      ...(prefix !== '' && { prefix }),
      cursor,
      limit: pageSize,
    })
    const met = page.files.map((file) => metAs(source, file.key, file.key, file))
    return { met, folders: [], nextCursor: page.nextCursor }
  }
  const page = await demanded(interfaces.files, source).listItemsInFolder({ folder, cursor, limit: pageSize })
  const within = (name: string): string => (path === '' ? name : `${path}/${name}`)
  return {
    met: page.files.map((file) => metAs(source, file.id, within(file.name), file)),
    folders: page.folders.map((one) => ({ source, folder: one, path: within(one.name) })),
    nextCursor: page.nextCursor,
  }
}

/**
 * Reads a file whole.
 * @throws {Unreadable} if it is larger than it may be.
 */
export async function read(
  { interfaces, configuration }: Context,
  document: Document,
): Promise<Uint8Array<ArrayBuffer>> {
  const { mostBytes } = configuration
  const { source, size = 0 } = document
  const tooLarge = (): Unreadable =>
    new Unreadable(`it has more than ${mostBytes} bytes, which are the most that are read`)
  if (size > mostBytes) throw tooLarge()
  const pieces: Uint8Array[] = []
  let length = 0
  for await (const { bytes } of streamOf()) {
    length += bytes.byteLength
    if (length > mostBytes) throw tooLarge()
    pieces.push(bytes)
  }
  const whole = new Uint8Array(length)
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.byteLength
  }
  return whole

  function streamOf(): AsyncIterable<{ readonly bytes: Uint8Array }> {
    if (source === 'storage') {
      const storage = demanded(interfaces.storage, source)
      return storage.getFile({ key: storage.entities.file.parse(document.file).key })
    }
    const files = demanded(interfaces.files, source)
    return files.readFile({ file: files.entities.file.parse(document.file) })
  }
}

interface Described {
  readonly size?: number | undefined
  readonly contentType?: string | undefined
  readonly updatedAt?: string | undefined
  readonly contentHash?: string | undefined
}

function metAs(source: Place['source'], id: string, path: string, file: Described): Met {
  const { size, contentType, updatedAt, contentHash } = file
  return {
    key: `${source}:${id}`,
    source,
    path,
    contentType,
    size,
    // The size alone would not tell of a letter that was changed.
    facts: contentHash ?? (updatedAt === undefined ? '' : `${size ?? ''} ${updatedAt}`),
    // oxlint-disable-next-line unicorn/prefer-structured-clone -- what is there and undefined is no JSON
    file: JSON.parse(JSON.stringify(file)) as Met['file'],
  }
}

/** What a need is bound to. A binding that was taken back in the middle is told as what it is. */
function demanded<T>(bound: T | undefined, source: Place['source']): T {
  if (bound === undefined) throw new Unreadable(`'${source}' is bound to nothing any more`)
  return bound
}
