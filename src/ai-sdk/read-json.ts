/** Where the answer is, and how it is asked for. */
export interface JsonRequest {
  readonly headers?: Readonly<Record<string, string>>
  readonly signal: AbortSignal
}

/**
 * Reads what a vendor says of itself, such as its models, which provider packages do not do. It fails as they do, so that
 * whoever calls it from an adapter fails with the same codes.
 */
export async function readJson(url: string, { headers = {}, signal }: JsonRequest): Promise<unknown> {
  const response = await fetch(url, { headers, signal })
  if (response.ok) return response.json()
  await response.body?.cancel()
  throw Object.assign(new Error(response.statusText), {
    name: 'AI_APICallError',
    statusCode: response.status,
    responseHeaders: Object.fromEntries(response.headers),
  })
}
