import type { Message } from 'grammy/types'
import type { TelegramProps } from '../props.ts'
import { channelOf } from './people.ts'
import { isThisBot } from './take-service.ts'

/** Tells that the bot was mentioned, which in a group is what an answer may be waited for after. */
export async function takeMention(
  props: TelegramProps,
  message: Message,
  place: { conversationId: string; userId: string },
): Promise<void> {
  const { client } = props
  const text = message.text ?? message.caption ?? ''
  const entities = message.entities ?? message.caption_entities ?? []
  if (channelOf(message.chat) === 'direct' || !entities.some(({ type }) => type.endsWith('mention'))) return
  const { state } = await client.getState({ name: 'account' })
  const own = `@${state?.payload.username ?? ''}`.toLowerCase()
  const ours = entities.filter((entity) => {
    const { type, offset, length } = entity
    if (type === 'text_mention') return isThisBot(props, entity.user.id)
    return type === 'mention' && text.slice(offset, offset + length).toLowerCase() === own
  })
  if (ours.length === 0) return
  const rest = ours.reduceRight((left, { offset, length }) => left.slice(0, offset) + left.slice(offset + length), text)
  const payload = { messageId: `${message.message_id}`, text: rest.trim() }
  await client.createEvent({ type: 'botMentioned', payload, ...place })
}
