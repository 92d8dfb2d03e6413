import type { Message } from 'grammy/types'
import type { PlatformFile } from 'plugboard'
import type { Carried } from '../messages.ts'
import { withAddresses } from '../outgoing/formatted.ts'

/** What a message holds, as one of those that the channels carry. */
export type Content = {
  [K in keyof Carried]: {
    readonly type: K
    /** Made with the address of the file, if there is one. */
    payload(url: string): Carried[K]
    readonly file?: PlatformFile
  }
}[keyof Carried]

/** What stands in a message; undefined for what no channel carries. */
export function contentOf(message: Message): Content | undefined {
  const { text, photo, location, venue, contact } = message
  if (text !== undefined) {
    const written = withAddresses({ text, entities: message.entities ?? [] })
    return { type: 'text', payload: () => ({ text: written }) }
  }
  const title =
    message.caption === undefined
      ? undefined
      : withAddresses({ text: message.caption, entities: message.caption_entities ?? [] })
  const largest = photo?.at(-1)
  if (largest)
    return {
      type: 'image',
      payload: (imageUrl) => ({ imageUrl, ...named(title) }),
      file: fileOf(largest, 'photo.jpg', 'image/jpeg'),
    }
  if (venue) {
    const { location: place, title, address } = venue
    return { type: 'location', payload: () => ({ ...coordinates(place), title, address }) }
  }
  if (location) return { type: 'location', payload: () => coordinates(location) }
  if (contact)
    return {
      type: 'contact',
      payload: () => ({
        phoneNumber: contact.phone_number,
        firstName: contact.first_name,
        lastName: contact.last_name,
        userId: contact.user_id?.toString(),
        vcard: contact.vcard,
      }),
    }
  return soundOf(message, title) ?? pictureOf(message, title) ?? documentOf(message, title)
}

function soundOf({ voice, audio }: Message, title: string | undefined): Content | undefined {
  if (voice)
    return {
      type: 'audio',
      payload: (audioUrl) => ({ audioUrl, kind: 'voice', ...named(title) }),
      file: fileOf(voice, 'voice.ogg', 'audio/ogg'),
    }
  return (
    audio && {
      type: 'audio',
      payload: (audioUrl) => ({ audioUrl, kind: 'audio', ...named(title ?? audio.title ?? audio.file_name) }),
      file: fileOf(audio, 'audio.mp3', 'audio/mpeg'),
    }
  )
}

function pictureOf({ animation, video, video_note, sticker }: Message, title: string | undefined): Content | undefined {
  // An animation is a document too, for those who do not know animations.
  if (animation)
    return {
      type: 'video',
      payload: (videoUrl) => ({ videoUrl, kind: 'animation', ...named(title) }),
      file: fileOf(animation, 'animation.mp4', 'video/mp4'),
    }
  if (video)
    return {
      type: 'video',
      payload: (videoUrl) => ({ videoUrl, kind: 'video', ...named(title) }),
      file: fileOf(video, 'video.mp4', 'video/mp4'),
    }
  if (video_note)
    return {
      type: 'video',
      payload: (videoUrl) => ({ videoUrl, kind: 'note' }),
      file: fileOf(video_note, 'note.mp4', 'video/mp4'),
    }
  if (!sticker) return undefined
  const [name, type] = sticker.is_animated
    ? (['sticker.tgs', 'application/x-tgsticker'] as const)
    : sticker.is_video
      ? (['sticker.webm', 'video/webm'] as const)
      : (['sticker.webp', 'image/webp'] as const)
  return {
    type: 'sticker',
    payload: (stickerUrl) => ({ stickerUrl, fileId: sticker.file_id, emoji: sticker.emoji, set: sticker.set_name }),
    file: fileOf(sticker, name, type),
  }
}

function documentOf({ document }: Message, title: string | undefined): Content | undefined {
  return (
    document && {
      type: 'file',
      payload: (fileUrl) => ({ fileUrl, ...named(title ?? document.file_name) }),
      file: fileOf(document, 'document.bin', 'application/octet-stream'),
    }
  )
}

const named = (title: string | undefined): { title?: string } => (title === undefined ? {} : { title })
const coordinates = ({ latitude, longitude }: { latitude: number; longitude: number }) => ({ latitude, longitude })

function fileOf(
  file: { file_id: string; file_unique_id: string; file_name?: string; mime_type?: string },
  name: string,
  contentType: string,
): PlatformFile {
  const given = file.mime_type !== undefined && /^[\w.+-]+\/[\w.+-]+$/.test(file.mime_type)
  return {
    id: file.file_id,
    // The same for all bots, whoever sends it.
    key: file.file_unique_id,
    name: file.file_name ?? name,
    contentType: given ? (file.mime_type as string) : contentType,
  }
}
