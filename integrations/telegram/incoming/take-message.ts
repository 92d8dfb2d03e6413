import type { Message } from 'grammy/types'
import type { TelegramProps } from '../props.ts'
import { commandIn, takeCommand } from './command.ts'
import { contentOf } from './content.ts'
import { keptFile } from './kept-file.ts'
import { takeMention } from './mention.ts'
import { conversationOf, moveChat, speakerFrom, threadOf, userOf } from './people.ts'
import { takeService } from './take-service.ts'

/** Brings in a message. Gives whether it was taken: what no channel carries is left to the caller. */
export async function takeMessage(props: TelegramProps, message: Message): Promise<boolean> {
  const { client, configuration } = props
  const { migrate_to_chat_id: to, migrate_from_chat_id: from, chat } = message
  // It is told twice, in the old group and in the new one, whichever comes first.
  if (to !== undefined || from !== undefined) {
    await moveChat(client, from ?? chat.id, to ?? chat.id)
    return true
  }
  const speaker = speakerFrom(message.from, message.sender_chat)
  const conversationId = await conversationOf(client, message.chat, threadOf(message))
  const userId = speaker && (await userOf(client, speaker))
  if (await takeService(props, message, { conversationId, userId })) return true
  const content = contentOf(message)
  if (!content || userId === undefined) return false
  const command = await commandIn(props, message)
  if (command) await takeCommand(props, command, { conversationId, userId })
  if (command && !configuration.commandsAsMessages) return true
  await takeMention(props, message, { conversationId, userId })
  const { file } = content
  const fileKey = file && configuration.keepFiles ? await keptFile(props, file) : undefined
  await client.createMessage({
    conversationId,
    userId,
    type: content.type,
    payload: content.payload(file ? client.fileAddress(file) : '') as never,
    tags: {
      id: `${message.message_id}`,
      replyTo: replyOf(message),
      forwarded: message.forward_origin && 'true',
      albumId: message.media_group_id,
      fileId: file?.id,
      fileKey,
    },
  })
  return true
}

/** Tells of a message that was changed. */
export async function takeEdit(props: TelegramProps, message: Message): Promise<boolean> {
  const { client } = props
  const content = contentOf(message)
  const speaker = speakerFrom(message.from, message.sender_chat)
  if (!content || !speaker) return false
  const conversationId = await conversationOf(client, message.chat, threadOf(message))
  const userId = await userOf(client, speaker)
  const { file, type } = content
  const messageId = `${message.message_id}`
  const [known] = (await client.listMessages({ conversationId, tags: { id: messageId } })).items
  const place = { conversationId, userId, ...(known && { messageId: known.id }) }
  const payload = { messageId, type, payload: content.payload(file ? client.fileAddress(file) : '') }
  await client.createEvent({ type: 'messageChanged', payload, ...place })
  const text = message.text ?? message.caption
  if (known && text)
    await client.createEvent({
      type: 'messageEdited',
      payload: { conversationId, messageId: known.id, text },
      ...place,
    })
  return true
}

/** Every message of a topic answers the one that began it, unless it answers another one. */
function replyOf({ reply_to_message: answered, message_thread_id: thread }: Message): string | undefined {
  return answered && answered.message_id !== thread ? `${answered.message_id}` : undefined
}
