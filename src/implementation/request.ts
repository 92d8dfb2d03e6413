/** A request to an integration's webhook, of which the body has not been read. */
export interface RequestHead {
  readonly method: string
  /** What follows the installation's prefix: `/webhook` for a request to its `webhookUrl`. */
  readonly path: string
  /** The query string without its question mark. */
  readonly query: string
  /** Header names are in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>
}

/** A request to an integration's webhook, read to its end. */
export interface WebhookRequest extends RequestHead {
  /** The body as text; undefined where there is none. */
  readonly body?: string
  /** The body as it came, for checking signatures. */
  readonly rawBody: Uint8Array
  /** Aborts when the client goes away. */
  readonly signal: AbortSignal
}

/** What a webhook answers. Default: 200 without a body. */
export interface WebhookResponse {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  /** A stream is sent as it comes, and kept open until it ends. */
  readonly body?: string | Uint8Array | ReadableStream<Uint8Array>
}
