import { apiOf } from './api.ts'
import { messageAt, ownMessageAt } from './message-at.ts'
import { deliver, remove } from './outgoing/deliver.ts'
import { type Formatted, plain } from './outgoing/formatted.ts'
import { textParts } from './outgoing/text-parts.ts'
import type { TelegramProps } from './props.ts'

interface Input {
  readonly conversationId: string
  readonly messageId: string
}
type Props<T = object> = TelegramProps & { input: Input & T }
type Done = Record<string, never>

/** What becomes of messages after they were sent. */
export const messageState = {
  editMessage: async (props: Props<{ text: string }>) => edit(props, props.input, plain(props.input.text)),
  deleteMessage: async (props: Props): Promise<Done> => {
    const { place, ids } = await messageAt(props, props.input)
    await remove({ api: apiOf(props), to: place }, ids)
    return {}
  },
  addReaction: async (props: Props<{ reaction: string }>) => react(props, props.input.reaction),
  removeReaction: async (props: Props<{ reaction: string }>): Promise<Done> => {
    const { message } = await messageAt(props, props.input)
    const { ownReaction } = message.tags
    // There is one reaction of the bot: another one is not the one that is to go.
    return ownReaction && ownReaction !== props.input.reaction ? {} : react(props, '')
  },
}

/** Makes a message of the bot say this, in as many parts as that needs. */
export async function edit(
  props: TelegramProps,
  which: { readonly conversationId?: string; readonly messageId: string },
  formatted: Formatted,
): Promise<Done> {
  const { message, conversation } = await ownMessageAt(props, which)
  const ack = async ({ tags }: { tags: { id: string; ids?: string } }): Promise<void> =>
    void (await props.client.updateMessage({ id: message.id, tags }))
  // What is not there any more is not there to be changed.
  await deliver({ ...props, message, conversation, ack }, textParts(formatted), { isReplaced: false })
  return {}
}

/** An empty emoji takes the reaction away. */
async function react(props: Props, emoji: string): Promise<Done> {
  const { messageId } = props.input
  const { place, ids } = await messageAt(props, props.input)
  await apiOf(props).setMessageReaction({
    chat_id: place.chat_id,
    message_id: ids[0] as number,
    // Which emoji are allowed, Telegram knows better than its client's list. It writes all of them without this character.
    reaction: emoji === '' ? [] : [{ type: 'emoji', emoji: emoji.replaceAll('\uFE0F', '') as '👍' }],
  })
  await props.client.updateMessage({ id: messageId, tags: { ownReaction: emoji } })
  return {}
}
