import type { InlineKeyboardMarkup } from 'grammy/types'
import type { Formatted } from './formatted.ts'
import type { Part } from './outgoing.ts'
import { split } from './split.ts'
import { unlessRefused } from './unless-refused.ts'

/** A text, in as many parts as it needs; the buttons are below the last one. */
export function textParts(formatted: Formatted, keyboard?: InlineKeyboardMarkup): Part[] {
  const pieces = split(formatted)
  return pieces.map((piece, index) => {
    const below = keyboard && index === pieces.length - 1 ? { reply_markup: keyboard } : {}
    return {
      send: ({ api, to }) => unlessRefused(piece, (shown) => api.sendMessage({ ...to, ...written(shown), ...below })),
      edit: ({ api, to: { chat_id } }, message_id) =>
        unlessRefused(piece, (shown) => api.editMessageText({ chat_id, message_id, ...written(shown), ...below })),
    }
  })
}

/** A text as the methods of Telegram take it. */
export const written = ({ text, entities }: Formatted) => ({
  text,
  ...(entities.length > 0 && { entities: [...entities] }),
})
