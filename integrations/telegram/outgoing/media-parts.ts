import type { InputFile } from 'grammy'
import type { InlineKeyboardMarkup } from 'grammy/types'
import type { Carried } from '../messages.ts'
import { answerIn } from '../answer.ts'
import { type Formatted, plain } from './formatted.ts'
import type { Outgoing, Part, Target } from './outgoing.ts'
import { sendFrom } from './source.ts'
import { longestCaption } from './split.ts'
import { textParts } from './text-parts.ts'

/** What stands below a picture, sound or file. */
interface Below {
  readonly caption?: Formatted | undefined
  readonly keyboard?: InlineKeyboardMarkup | undefined
}
type Caption = { caption?: string; caption_entities?: never[]; reply_markup?: InlineKeyboardMarkup }
type Send = (target: Target, source: string | InputFile, below: Caption) => Promise<{ message_id: number }>

const below = (title: string | undefined): Below => ({ caption: title === undefined ? undefined : plain(title) })

/** A picture; one that Telegram does not take as such goes as a file. */
export function imageParts(outgoing: Outgoing, url: string, under: Below): Part[] {
  return mediaParts(outgoing, url, under, async ({ api, to }, source, caption) => {
    try {
      return await api.sendPhoto({ ...to, photo: source, ...caption })
    } catch (error) {
      if (!/PHOTO_|IMAGE_PROCESS|too big for a photo/i.test(answerIn(error)?.description ?? '')) throw error
      return api.sendDocument({ ...to, document: source, ...caption })
    }
  })
}

export const media = {
  image: (payload: Carried['image'], outgoing: Outgoing): Part[] =>
    imageParts(outgoing, payload.imageUrl, below(payload.title)),
  audio: ({ audioUrl, title, kind }: Carried['audio'], outgoing: Outgoing): Part[] =>
    mediaParts(outgoing, audioUrl, below(title), ({ api, to }, source, caption) =>
      kind === 'voice'
        ? api.sendVoice({ ...to, voice: source, ...caption })
        : api.sendAudio({ ...to, audio: source, ...caption }),
    ),
  video: ({ videoUrl, title, kind }: Carried['video'], outgoing: Outgoing): Part[] => {
    // A round video has nothing below it.
    if (kind === 'note')
      return [
        ...mediaParts(outgoing, videoUrl, {}, ({ api, to }, source) =>
          api.sendVideoNote({ ...to, video_note: source }),
        ),
        ...(title === undefined ? [] : textParts(plain(title))),
      ]
    return mediaParts(outgoing, videoUrl, below(title), ({ api, to }, source, caption) =>
      kind === 'animation'
        ? api.sendAnimation({ ...to, animation: source, ...caption })
        : api.sendVideo({ ...to, video: source, ...caption }),
    )
  },
  file: ({ fileUrl, title }: Carried['file'], outgoing: Outgoing): Part[] =>
    mediaParts(outgoing, fileUrl, below(title), ({ api, to }, source, caption) =>
      api.sendDocument({ ...to, document: source, ...caption }),
    ),
  sticker: ({ stickerUrl, fileId, emoji }: Carried['sticker'], outgoing: Outgoing): Part[] => {
    const send: Send = ({ api, to }, source) => api.sendSticker({ ...to, sticker: source, ...(emoji && { emoji }) })
    return fileId === undefined
      ? mediaParts(outgoing, stickerUrl ?? '', {}, send)
      : [{ send: (target) => send(target, fileId, {}) }]
  },
}

/** What is too long to stand below it comes after it. */
function mediaParts(outgoing: Outgoing, url: string, { caption, keyboard }: Below, send: Send): Part[] {
  const fits = caption === undefined || caption.text.length <= longestCaption
  const given: Caption = {
    ...(caption && fits && { caption: caption.text, caption_entities: [...caption.entities] as never[] }),
    ...(keyboard && fits && { reply_markup: keyboard }),
  }
  const part: Part = {
    send: (target) => sendFrom(outgoing, url, (source) => send(target, source, given)),
  }
  return fits ? [part] : [part, ...textParts(caption, keyboard)]
}
