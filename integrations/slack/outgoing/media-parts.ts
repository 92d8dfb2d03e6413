import { PlugboardError } from 'plugboard'
import { answerIn } from '../answer.ts'
import { apiUrlOf } from '../api.ts'
import type { Carried } from '../messages.ts'
import { shortened } from './formatted.ts'
import { escaped } from './mrkdwn.ts'
import type { Outgoing, Part, Target } from './outgoing.ts'
import { contentPart, fallback } from './text-parts.ts'

/** What is fetched to be uploaded, in bytes at most. */
const largestUpload = 50 * 1024 * 1024
/** Milliseconds that an upload has. */
const longestUpload = 120_000
const longestImageUrl = 3000
const longestTitle = 2000

/** A picture that Slack shows from its address. */
export const imageBlock = (url: string, title: string | undefined): object => ({
  type: 'image',
  image_url: url,
  alt_text: shortened(title ?? 'image', longestTitle),
  ...(title !== undefined && { title: { type: 'plain_text', text: shortened(title, longestTitle), emoji: false } }),
})

/** Whether Slack can fetch what stands at an address by itself: what the bot gives, it may give to nobody else. */
const isPublic = ({ webhookUrl }: Outgoing, url: string): boolean =>
  /^https?:/.test(url) && !url.startsWith(webhookUrl.replace(/[^/]+\/webhook$/, ''))

/** Whether a picture can be shown from its address. */
export const isShowable = (outgoing: Outgoing, url: string): boolean =>
  isPublic(outgoing, url) && url.length <= longestImageUrl

export const media = {
  image: ({ imageUrl, title }: Carried['image'], outgoing: Outgoing): Part[] => [imagePart(outgoing, imageUrl, title)],
  audio: ({ audioUrl, title }: Carried['audio'], outgoing: Outgoing): Part[] => [uploadPart(outgoing, audioUrl, title)],
  video: ({ videoUrl, title }: Carried['video'], outgoing: Outgoing): Part[] => [uploadPart(outgoing, videoUrl, title)],
  file: ({ fileUrl, title }: Carried['file'], outgoing: Outgoing): Part[] => [uploadPart(outgoing, fileUrl, title)],
}

/** A picture; what Slack cannot fetch by itself is uploaded. */
export function imagePart(outgoing: Outgoing, url: string, title: string | undefined): Part {
  const upload = uploadPart(outgoing, url, title)
  if (!isShowable(outgoing, url)) return upload
  const { send } = contentPart({ text: fallback(title ?? url), blocks: [imageBlock(url, title)] })
  return {
    send: async (target) => {
      try {
        return await send(target)
      } catch (error) {
        if (!notShown.has(answerIn(error) ?? '')) throw error
        return upload.send(target)
      }
    },
  }
}

/** What Slack says when it cannot fetch a picture, or it is none. */
const notShown: ReadonlySet<string> = new Set(['invalid_blocks', 'invalid_attachments', 'invalid_image_url'])

/** A file that is uploaded; where the app may not, its address is written instead. */
function uploadPart(outgoing: Outgoing, url: string, title: string | undefined): Part {
  return {
    send: async (target) => {
      try {
        return await upload(outgoing, url, title, target)
      } catch (error) {
        if (answerIn(error) !== 'missing_scope' || !isPublic(outgoing, url)) throw error
        const words = title === undefined ? url : `${title}\n${url}`
        return contentPart({ text: escaped(words) }).send(target)
      }
    },
  }
}

/** Uploads a file and shares it. Gives the message that shows it, if Slack tells it at once; else the file. */
async function upload(
  outgoing: Outgoing,
  url: string,
  title: string | undefined,
  { api, to }: Target,
): Promise<string> {
  const { client, signal } = outgoing
  const file = await client.fetchAddress(url, { signal, limit: largestUpload })
  const { name, size } = file
  const { upload_url: address, file_id: id } = await api.files.getUploadURLExternal({
    filename: name,
    length: size,
  })
  if (address === undefined || id === undefined)
    throw new PlugboardError({ code: 'vendor_failed', message: 'Slack gives no address to upload to', retryable: true })
  await put(outgoing, address, file)
  const { channel, thread_ts, username } = to
  const files: [{ id: string; title?: string }] = [{ id, title: title ?? name }]
  const { files: shared } = await api.files.completeUploadExternal({
    files,
    channel_id: channel,
    ...(thread_ts !== undefined && { thread_ts }),
    // Files have no author but the bot.
    ...(username !== undefined && { initial_comment: `${escaped(username)}:` }),
  })
  const { shares } = (shared?.[0] ?? {}) as { shares?: Record<string, Record<string, { ts?: string }[]>> }
  const told = Object.values(shares ?? {}).flatMap((places) => places[channel] ?? [])
  return told[0]?.ts ?? id
}

async function put(outgoing: Outgoing, address: string, body: File): Promise<void> {
  // The address has the right to upload in itself, so no token goes there; with http it may only be on this machine, in tests.
  const own = new URL(apiUrlOf(outgoing)).origin
  if (!address.startsWith('https:') && new URL(address).origin !== own)
    throw new PlugboardError({ code: 'vendor_failed', message: 'Slack gives an address to upload to that is not safe' })
  const signal = AbortSignal.any([outgoing.signal, AbortSignal.timeout(longestUpload)])
  const response = await fetch(address, { method: 'POST', body, signal })
  await response.body?.cancel()
  if (response.ok) return
  throw new PlugboardError({
    code: response.status >= 500 ? 'vendor_unavailable' : 'vendor_refused',
    message: `Slack answered an upload with the status ${response.status}`,
    retryable: response.status >= 500,
  })
}
