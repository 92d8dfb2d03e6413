/** A file that somebody sent, as long as the platform has it. */
export interface PlatformFile {
  /** What the platform calls it. */
  readonly id: string
  readonly name: string
  readonly contentType: string
  /** What it is kept under among the bot's files, behind the alias of the installation and a slash. Default: `id`. */
  readonly key?: string
}

/** The bytes of a file. A stream is passed on as it comes; null is the body of an empty answer. */
export type FileContent = Uint8Array | ReadableStream<Uint8Array> | null

/** How much may be fetched, and how long that may take. */
export interface FetchAddressOptions {
  signal?: AbortSignal
  /** The most bytes. Default: 10 MiB. */
  limit?: number
  /** Milliseconds. Default: 30,000. */
  timeout?: number
}

/**
 * The files of a platform that are read with the credentials of the installation alone. For an integration that implements
 * `files`; else these throw with the code `handler_missing`, but for `fetchAddress`.
 */
export interface PlatformFileClient {
  /**
   * Where whoever is given the address reads a file, below the installation's own. It tells no credentials, and cannot be
   * guessed or changed to that of another file. Nothing is stored for it.
   * @param options `lifetime`: after how many milliseconds it ends. Default: when the secret that it is signed with changes.
   */
  fileAddress(file: PlatformFile, options?: { lifetime?: number }): string
  /** The file that an address leads to which this installation gave out; undefined for all others, and for what has ended. */
  fileAt(address: string): PlatformFile | undefined
  /**
   * The bytes of a file: of the copy that is kept, or else what the platform has.
   * @throws {PlugboardError} as `files.read` does.
   */
  fetchFile(file: PlatformFile, options?: { signal?: AbortSignal }): Promise<Uint8Array<ArrayBuffer>>
  /**
   * Keeps a copy among the bot's files, from which the file is given from then on. Gives its key; undefined for a file that the
   * platform refuses to give, or that is larger than what the bot stores: that is logged.
   */
  keepFile(file: PlatformFile, options?: { signal?: AbortSignal }): Promise<string | undefined>
  /**
   * What stands at the address in a message that is to be sent: in itself (`data:`), among the files of this installation or
   * of another one of this bot, wherever that runs, or out there, at public addresses alone. Its name ends as its type does.
   * @throws {PlugboardError} with the code `vendor_refused` where there is no file, or with one of `safeFetch`: among them
   * `address_refused` and `response_too_large`.
   */
  fetchAddress(address: string, options?: FetchAddressOptions): Promise<File>
}
