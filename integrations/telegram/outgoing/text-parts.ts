import type { InlineKeyboardMarkup } from 'grammy/types'
import type { Formatted } from './formatted.ts'
import type { Part } from './outgoing.ts'
import { split } from './split.ts'

/** A text, in as many parts as it needs; the buttons are below the last one. */
export function textParts(formatted: Formatted, keyboard?: InlineKeyboardMarkup): Part[] {
  const pieces = split(formatted)
  return pieces.map(({ text, entities }, index) => {
    const written = {
      text,
      ...(entities.length > 0 && { entities: [...entities] }),
      ...(keyboard && index === pieces.length - 1 && { reply_markup: keyboard }),
    }
    return {
      send: ({ api, to }) => api.sendMessage({ ...to, ...written }),
      edit: ({ api, to }, message_id) => api.editMessageText({ chat_id: to.chat_id, message_id, ...written }),
    }
  })
}
