import type { CallbackQuery } from 'grammy/types'
import { apiOf } from '../api.ts'
import { pressedFrom } from '../outgoing/buttons.ts'
import type { TelegramProps } from '../props.ts'
import { conversationOf, messageIn, speakerFrom, threadOf, userOf } from './people.ts'

/** Brings in the press of a button: as an event, and what it says as a text. Gives whether it was taken. */
export async function takePress(props: TelegramProps, query: CallbackQuery): Promise<boolean> {
  const { client } = props
  const { message, data, from } = query
  const speaker = speakerFrom(from, undefined)
  await answer(props, query.id)
  if (!message || data === undefined || !speaker) return false
  const messageId = `${message.message_id}`
  // Of a message that is too old, Telegram does not say in which topic it is.
  const old = message.date === 0 ? await messageIn(client, message.chat, message.message_id) : undefined
  const conversationId = old?.conversationId ?? (await conversationOf(client, message.chat, threadOf(message)))
  const known = old ?? (await client.listMessages({ conversationId, tags: { id: messageId } })).items[0]
  const userId = await userOf(client, speaker)
  const pressed = await pressedFrom(client, conversationId, data)
  await client.createEvent({
    type: 'buttonPressed',
    payload: pressed ? { ...pressed, messageId } : { value: data, action: 'other', messageId },
    conversationId,
    userId,
    ...(known && { messageId: known.id }),
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
