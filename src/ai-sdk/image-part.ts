import type { LanguageModelV3FilePart, LanguageModelV4FilePart } from '@ai-sdk/provider'
import type { Image } from 'plugboard/interfaces/llm'
import { PlugboardError } from '../index.ts'
import { isPublicAddress, safeFetch } from '../security/index.ts'
import type { LanguageModel } from './language-model.ts'

/** A part of the prompt that each of the specifications writes in its own way, typed as whichever the model takes. */
export type FilePart = LanguageModelV4FilePart & LanguageModelV3FilePart

/** The largest picture that is fetched, in bytes: more than any vendor takes. */
const largest = 20 * 1024 * 1024

/**
 * A picture as a model takes it. Its URL is handed on where the vendor fetches such URLs itself; otherwise it is fetched here.
 * @throws {PlugboardError} with the code `input_invalid`, for a URL at which there is no picture, and those of `safeFetch`.
 */
export async function imagePart(image: Image, model: LanguageModel, signal: AbortSignal): Promise<FilePart> {
  if ('data' in image) return filePart(model, { data: image.data }, image.contentType)
  if (isElsewhere(image.url) && (await takesUrl(model, image.url)))
    return filePart(model, { url: new URL(image.url) }, 'image/*')
  const { data, contentType } = await fetched(image.url, signal)
  return filePart(model, { data }, contentType)
}

function filePart(
  { specificationVersion }: LanguageModel,
  content: { data: string | Uint8Array } | { url: URL },
  mediaType: string,
): FilePart {
  const tagged = 'url' in content ? { type: 'url', ...content } : { type: 'data', ...content }
  const bare = 'url' in content ? content.url : content.data
  return { type: 'file', mediaType, data: specificationVersion === 'v4' ? tagged : bare } as FilePart
}

/** Whether a URL leads out of the bot's own network, as far as it says: the vendor may be a server that stands within it, too. */
function isElsewhere(url: string): boolean {
  const host = new URL(url).hostname.replace(/^\[|\]$|\.$/g, '')
  if (/^[\d.]+$|:/.test(host)) return isPublicAddress(host)
  return host.includes('.') && !/\.(local|localhost|internal|home\.arpa)$/.test(host)
}

/** Whether the vendor fetches pictures at such a URL itself. */
async function takesUrl({ supportedUrls }: LanguageModel, url: string): Promise<boolean> {
  return Object.entries(await supportedUrls).some(
    ([mediaType, patterns]) =>
      ['*', '*/*', 'image/*'].includes(mediaType) && patterns.some((pattern) => pattern.test(url)),
  )
}

async function fetched(url: string, signal: AbortSignal): Promise<{ data: Uint8Array; contentType: string }> {
  const response = await safeFetch(url, { signal, limit: largest })
  const [contentType = ''] = response.headers.get('content-type')?.split(';') ?? []
  if (response.ok && contentType.startsWith('image/'))
    return { data: new Uint8Array(await response.arrayBuffer()), contentType }
  await response.body?.cancel()
  throw new PlugboardError({
    code: 'input_invalid',
    message: `there is no picture at '${new URL(url).host}': it was answered with ${response.status} ${contentType}`,
    where: { path: 'messages[].images' },
  })
}
