import type { CallbackQuery } from 'grammy/types'
import { apiOf } from '../api.ts'
import { pressedFrom } from '../outgoing/buttons.ts'
import type { TelegramProps } from '../props.ts'
import { conversationOf, speakerFrom, threadOf, userOf } from './people.ts'

/** Brings in the press of a button: as an event, and what it says as a text. Gives whether it was taken. */
export async function takePress(props: TelegramProps, query: CallbackQuery): Promise<boolean> {
  const { client } = props
  const { message, data, from } = query
  const speaker = speakerFrom(from, undefined)
  await answer(props, query.id)
  if (!message || data === undefined || !speaker) return false
  const conversationId = await conversationOf(client, message.chat, threadOf(message))
  const userId = await userOf(client, speaker)
  const pressed = await pressedFrom(client, conversationId, data)
  const messageId = `${message.message_id}`
  const known = await client.listMessages({ conversationId, tags: { id: messageId } })
  await client.createEvent({
    type: 'buttonPressed',
    payload: pressed ? { ...pressed, messageId } : { value: data, action: 'other', messageId },
    conversationId,
    userId,
    ...(known.items[0] && { messageId: known.items[0].id }),
  })
  if (pressed && pressed.value !== '')
    await client.createMessage({
      conversationId,
      userId,
      type: 'text',
      payload: { text: pressed.value },
      tags: { buttonOf: messageId },
    })
  return true
}

/** Ends the waiting that Telegram shows on the button. It counts whether that is shown or not. */
async function answer(props: TelegramProps, callback_query_id: string): Promise<void> {
  try {
    await apiOf(props).answerCallbackQuery({ callback_query_id })
  } catch (error) {
    props.logger.debug('the press of a button could not be answered', { error })
  }
}
