import type { Page, StoredTags } from '../../implementation/records.ts'
import type { StoredFile } from '../../implementation/file-client.ts'

/** A file that is to be stored or deleted. */
export type FileWrite =
  | {
      readonly kind: 'put'
      readonly file: StoredFile
      /** Where its bytes were written before. */
      readonly content: string
    }
  | { readonly kind: 'delete'; readonly key: string }

/** Files. Their bytes are written before, in chunks that nobody sees; that a key has them is an effect. */
export interface FileStore {
  /** Writes some of the bytes of a content, which is made with its first chunk. */
  writeChunk(content: string, place: number, bytes: Uint8Array): Promise<void>
  /** The bytes of a content, chunk by chunk. */
  readContent(content: string): Promise<readonly Uint8Array[]>
  getFile(key: string): Promise<StoredFile | undefined>
  /** A file, and its bytes chunk by chunk. */
  readFile(key: string): Promise<{ readonly file: StoredFile; readonly chunks: readonly Uint8Array[] } | undefined>
  /** Files in the order of their keys. */
  listFiles(filter: {
    /** What the key begins with. */
    readonly prefix?: string | undefined
    readonly tags?: StoredTags | undefined
    readonly cursor?: string | undefined
    readonly limit: number
  }): Promise<Page<StoredFile>>
}
