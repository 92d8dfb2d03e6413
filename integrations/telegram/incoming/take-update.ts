import { PlugboardError } from 'plugboard'
import type { Update } from 'grammy/types'
import type { TelegramProps } from '../props.ts'
import { takeEdit, takeMessage } from './take-message.ts'
import { takePress } from './take-press.ts'
import { takeReaction } from './take-reaction.ts'
import { isThisBot, takeMembership } from './take-service.ts'
import { takeUnknown } from './take-unknown.ts'

/** What Telegram is asked to tell: reactions are not among what it tells by itself. */
export const wanted = [
  'message',
  'edited_message',
  'channel_post',
  'edited_channel_post',
  'callback_query',
  'message_reaction',
  'my_chat_member',
  'poll',
  'poll_answer',
  'pre_checkout_query',
  'shipping_query',
  'chat_join_request',
] as const satisfies readonly (keyof Update)[]

/** Brings in one update, whichever way it came. */
export async function takeUpdate(props: TelegramProps, update: Update): Promise<void> {
  const message = update.message ?? update.channel_post
  const edited = update.edited_message ?? update.edited_channel_post
  const author = (message ?? edited)?.from
  if (author && isThisBot(props, author.id)) return
  const take = async (): Promise<boolean> => {
    if (message) return takeMessage(props, message)
    if (edited) return takeEdit(props, edited)
    return update.callback_query ? takePress(props, update.callback_query) : takeOther(props, update)
  }
  const taken = await take().catch((error: unknown) => {
    // It would be the same as often as Telegram tells it, and hold up everything behind it.
    if (!PlugboardError.isInstance(error) || error.code !== 'payload_invalid') throw error
    props.logger.error('an update of Telegram fits nothing here, and is told as it came', {
      error,
      update: update.update_id,
    })
    return false
  })
  if (!taken) await takeUnknown(props, update)
}

async function takeOther(props: TelegramProps, update: Update): Promise<boolean> {
  const { message_reaction: reaction, my_chat_member: membership } = update
  if (reaction) await takeReaction(props, reaction)
  if (membership) await takeMembership(props, membership)
  return reaction !== undefined || membership !== undefined
}
