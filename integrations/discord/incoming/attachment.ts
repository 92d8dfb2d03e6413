import { type APIAttachment, type APIStickerItem, StickerFormatType } from 'discord-api-types/v10'
import type { Carried } from '../messages.ts'

/** What a file is, as a message. Its address is Discord's, and holds for a day. */
export type FileContent = { [K in 'image' | 'audio' | 'video' | 'file']: { type: K; payload: Carried[K] } }[
  | 'image'
  | 'audio'
  | 'video'
  | 'file']

export function contentOf({ url, filename, title, content_type: contentType = '' }: APIAttachment): FileContent {
  const named = { title: title ?? filename }
  if (contentType.startsWith('image/')) return { type: 'image', payload: { imageUrl: url, ...named } }
  if (contentType.startsWith('audio/')) return { type: 'audio', payload: { audioUrl: url, ...named } }
  if (contentType.startsWith('video/')) return { type: 'video', payload: { videoUrl: url, ...named } }
  return { type: 'file', payload: { fileUrl: url, ...named } }
}

/** A sticker: a picture, but for those that are drawings in JSON. */
export function stickerOf({ id, name, format_type: format }: APIStickerItem): FileContent {
  const address = `https://cdn.discordapp.com/stickers/${id}`
  if (format === StickerFormatType.Lottie) return { type: 'file', payload: { fileUrl: `${address}.json`, title: name } }
  const url = format === StickerFormatType.GIF ? `https://media.discordapp.net/stickers/${id}.gif` : `${address}.png`
  return { type: 'image', payload: { imageUrl: url, title: name } }
}
