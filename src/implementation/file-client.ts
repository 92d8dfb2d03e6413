import type { Page, StoredTags } from './records.ts'

/** A file, without its bytes. */
export interface StoredFile {
  readonly id: string
  /** The name under which it is stored, of which there is one in a bot. */
  readonly key: string
  readonly contentType: string
  /** In bytes. */
  readonly size: number
  readonly tags: StoredTags
  /** ISO 8601, in UTC. */
  readonly createdAt: string
  readonly updatedAt: string
}

/**
 * The files of a bot, which all of its integrations and plugins share. What a handler uploads or deletes takes effect when it
 * ends, with everything else that it did; it sees it before, except in lists.
 */
export interface FileClient {
  /**
   * Stores a file, in the place of the one that has the same key, if there is one.
   * @throws {PlugboardError} with the code `file_too_large`, above 10 MiB unless the bot was started with another limit, or
   * `file_invalid`, for a key that is empty or longer than 500 characters.
   */
  uploadFile(file: {
    key: string
    /** Text is stored as UTF-8. */
    content: string | Uint8Array
    /** Default: `text/plain; charset=utf-8` for text, `application/octet-stream` for bytes. */
    contentType?: string
    tags?: Record<string, string | undefined>
  }): Promise<{ file: StoredFile }>
  /** @throws {PlugboardError} with the code `file_unknown`. */
  getFile(file: { key: string }): Promise<{ file: StoredFile }>
  /**
   * A file with its bytes.
   * @throws {PlugboardError} with the code `file_unknown`.
   */
  readFile(file: { key: string }): Promise<{ file: StoredFile; content: Uint8Array }>
  /** Files in the order of their keys. */
  listFiles(filter?: {
    /** What the key begins with. */
    prefix?: string
    tags?: Record<string, string>
    cursor?: string
  }): Promise<Page<StoredFile>>
  /** Deletes a file; nothing happens if there is none. */
  deleteFile(file: { key: string }): Promise<void>
}
