import type { PlatformFile } from 'plugboard'
import type { Carried } from '../messages.ts'
import type { ToldMessage } from './told.ts'

/** What a message holds, as one of those that the channel carries. */
export type Content = {
  [K in keyof Carried]: {
    readonly type: K
    /** Made with the address of the file, if there is one. */
    payload(url: string): Carried[K]
    readonly file?: PlatformFile
  }
}[keyof Carried]

type Media = NonNullable<ToldMessage['image']>

/** What stands in a message; undefined for what the channel does not carry. */
export function contentOf(message: ToldMessage): Content | undefined {
  const { type, text, image, audio, video, document, sticker, location, contacts } = message
  if (type === 'text' && text && text.body !== '') return { type: 'text', payload: () => ({ text: text.body }) }
  if (type === 'image' && image)
    return {
      type: 'image',
      payload: (imageUrl) => ({ imageUrl, ...named(image.caption) }),
      file: fileOf(image, 'image/jpeg'),
    }
  if (type === 'audio' && audio)
    return {
      type: 'audio',
      payload: (audioUrl) => ({ audioUrl, kind: audio.voice ? 'voice' : 'audio' }),
      file: fileOf(audio, 'audio/ogg'),
    }
  if (type === 'video' && video)
    return {
      type: 'video',
      payload: (videoUrl) => ({ videoUrl, ...named(video.caption) }),
      file: fileOf(video, 'video/mp4'),
    }
  if (type === 'document' && document)
    return {
      type: 'file',
      payload: (fileUrl) => ({
        fileUrl,
        ...named(document.caption ?? document.filename),
        ...(document.filename && { name: document.filename }),
      }),
      file: fileOf(document, 'application/octet-stream'),
    }
  if (type === 'sticker' && sticker)
    return {
      type: 'sticker',
      payload: (stickerUrl) => ({ stickerUrl, isAnimated: sticker.animated === true }),
      file: fileOf(sticker, 'image/webp'),
    }
  if (type === 'location' && location) {
    const { latitude, longitude, name, address } = location
    const place = { latitude, longitude, ...named(name), ...(address !== undefined && { address }) }
    return { type: 'location', payload: () => place }
  }
  const people = type === 'contacts' ? (contacts ?? []).flatMap(personIn) : []
  return people.length > 0 ? { type: 'contacts', payload: () => ({ contacts: people }) } : undefined
}

const named = (title: string | undefined): { title?: string } => (title === undefined ? {} : { title })

type Contact = Carried['contacts']['contacts'][number]

function personIn({ name, org, phones = [], emails = [] }: NonNullable<ToldMessage['contacts']>[number]): Contact[] {
  const numbers = phones.flatMap(({ phone, wa_id, type }) => {
    const number = phone ?? wa_id
    return number ? [{ number, ...(type !== undefined && { kind: type }) }] : []
  })
  const addresses = emails.flatMap(({ email, type }) =>
    email ? [{ email, ...(type !== undefined && { kind: type }) }] : [],
  )
  const called = name?.formatted_name ?? [name?.first_name, name?.last_name].filter(Boolean).join(' ')
  const shown = called || numbers[0]?.number
  if (!shown) return []
  return [
    {
      name: shown,
      ...(name?.first_name && { firstName: name.first_name }),
      ...(name?.last_name && { lastName: name.last_name }),
      ...(org?.company && { company: org.company }),
      ...(numbers.length > 0 && { phones: numbers }),
      ...(addresses.length > 0 && { emails: addresses }),
    },
  ]
}

/** Ends of names, by which programs tell what a file is. */
const endings: Readonly<Record<string, string>> = {
  jpeg: 'jpg',
  mpeg: 'mp3',
  '3gpp': '3gp',
  'octet-stream': 'bin',
}

function fileOf({ id, mime_type = '', filename }: Media, otherwise: string): PlatformFile {
  // Such as `audio/ogg; codecs=opus`.
  const [given = ''] = mime_type.split(';')
  const contentType = /^[\w.+-]+\/[\w.+-]+$/.test(given) ? given : otherwise
  const [kind = 'file', subtype = 'bin'] = contentType.split('/')
  return { id, contentType, name: filename || `${kind}.${endings[subtype] ?? subtype}` }
}
