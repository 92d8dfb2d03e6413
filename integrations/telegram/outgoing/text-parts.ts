import type { InlineKeyboardMarkup } from 'grammy/types'
import { unlessAnswered } from '../answer.ts'
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
        unlessRefused(piece, async (shown) => {
          const message = { chat_id, message_id, ...below }
          try {
            return await api.editMessageText({ ...message, ...written(shown) })
          } catch (error) {
            // A picture or file has its words below it.
            unlessAnswered(/no text in the message to edit/)(error)
            return api.editMessageCaption({ ...message, caption: shown.text, caption_entities: [...shown.entities] })
          }
        }),
    }
  })
}

/** A text as the methods of Telegram take it. */
const written = ({ text, entities }: Formatted) => ({
  text,
  ...(entities.length > 0 && { entities: [...entities] }),
})
