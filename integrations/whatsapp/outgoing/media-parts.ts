import type { Carried } from '../messages.ts'
import type { Content, Outgoing, Part } from './outgoing.ts'
import { fetchedSource, nameOf, type Source, sourceOf } from './source.ts'
import { longestCaption } from './split.ts'
import { textParts } from './text-parts.ts'

type Kind = 'image' | 'audio' | 'video' | 'document' | 'sticker'

/** A picture, sound, video or file, with what is said to it. */
interface Media {
  readonly url: string
  readonly kind: Kind
  /** What stands below it, or after it where nothing can. */
  readonly caption?: string | undefined
  /** What it is called, as a document. */
  readonly name?: string | undefined
  readonly isVoice?: boolean
}

/** What WhatsApp takes as what it is; everything else it takes as a document. */
const taken: Readonly<Record<Kind, RegExp>> = {
  image: /^image\/(?:jpeg|png)$/,
  audio: /^audio\/(?:aac|amr|mpeg|mp4|ogg)$/,
  video: /^video\/(?:mp4|3gpp)$/,
  sticker: /^image\/webp$/,
  document: /./,
}

export const media = {
  image: ({ imageUrl, title }: Carried['image'], outgoing: Outgoing): Part[] => imageParts(outgoing, imageUrl, title),
  audio: ({ audioUrl, title, kind }: Carried['audio'], outgoing: Outgoing): Part[] =>
    mediaParts(outgoing, { url: audioUrl, kind: 'audio', caption: title, isVoice: kind === 'voice' }),
  video: ({ videoUrl, title }: Carried['video'], outgoing: Outgoing): Part[] =>
    mediaParts(outgoing, { url: videoUrl, kind: 'video', caption: title }),
  file: ({ fileUrl, title, name }: Carried['file'], outgoing: Outgoing): Part[] =>
    mediaParts(outgoing, { url: fileUrl, kind: 'document', caption: title, name }),
  sticker: ({ stickerUrl }: Carried['sticker'], outgoing: Outgoing): Part[] =>
    mediaParts(outgoing, { url: stickerUrl, kind: 'sticker' }),
}

/** A picture, with what is said to it. */
export function imageParts(outgoing: Outgoing, url: string, caption?: string): Part[] {
  return mediaParts(outgoing, { url, kind: 'image', caption })
}

/** A picture, as a part of something else: by its id, or by its address. Undefined for what WhatsApp takes for no picture. */
export async function pictureObject(outgoing: Outgoing, url: string): Promise<object | undefined> {
  const source = await sourceOf(outgoing, url)
  if ('link' in source) return { link: source.link }
  return taken.image.test(source.type) ? { id: source.id } : undefined
}

function mediaParts(outgoing: Outgoing, given: Media): Part[] {
  const { url, kind, caption } = given
  const isBelow = caption !== undefined && caption.length <= longestCaption && kind !== 'audio' && kind !== 'sticker'
  const shown: Media = { ...given, caption: isBelow ? caption : undefined }
  const part: Part = {
    content: async () => contentOf(shown, await sourceOf(outgoing, url)),
    uploaded: async () => contentOf(shown, await fetchedSource(outgoing, url)),
  }
  return caption === undefined || isBelow ? [part] : [part, ...textParts(caption)]
}

function contentOf({ url, kind, caption, name, isVoice }: Media, source: Source): Content {
  const isFetched = 'link' in source
  const type: Kind = isFetched || taken[kind].test(source.type) ? kind : 'document'
  const filename = type === 'document' ? (name ?? nameOf(url) ?? (isFetched ? undefined : source.name)) : undefined
  return {
    type,
    [type]: {
      ...(isFetched ? { link: source.link } : { id: source.id }),
      ...(caption !== undefined && { caption }),
      ...(filename !== undefined && { filename }),
      ...(type === 'audio' && isVoice && { voice: true }),
    },
  }
}
