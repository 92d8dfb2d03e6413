import { PlugboardError } from 'plugboard'
import type { z } from 'plugboard'
import type { actions } from './actions.ts'
import { type TelegramApi, apiOf } from './api.ts'
import { fromMarkdown } from './outgoing/markdown.ts'
import { remove, sentParts, unlessAnswered } from './outgoing/deliver.ts'
import { placeFrom, type Place } from './place.ts'
import type { TelegramProps } from './props.ts'

type Perform<K extends keyof typeof actions> = (
  props: TelegramProps & { input: z.output<(typeof actions)[K]['input']['schema']> },
) => Promise<Record<string, never>>

/** What each action does. */
export const perform: { readonly [K in keyof typeof actions]: Perform<K> } = {
  react: async (props) => {
    const { api, place, ids } = await messageAt(props, props.input.messageId)
    const { emoji } = props.input
    await api.setMessageReaction({
      chat_id: place.chat_id,
      message_id: ids[0] as number,
      // Which emoji are allowed, Telegram knows better than its client's list.
      reaction: emoji === undefined ? [] : [{ type: 'emoji', emoji: emoji as '👍' }],
    })
    return {}
  },
  editMessage: async (props) => {
    const { api, place, ids } = await messageAt(props, props.input.messageId)
    const { text, entities } = fromMarkdown(props.input.markdown)
    const message = { chat_id: place.chat_id, message_id: ids[0] as number, text, entities: [...entities] }
    await api.editMessageText(message).catch(unlessAnswered(/message is not modified/))
    return {}
  },
  deleteMessage: async (props) => {
    const { api, place, ids } = await messageAt(props, props.input.messageId)
    await remove({ api, to: place }, ids)
    return {}
  },
  setCommands: async (props) => {
    await apiOf(props).setMyCommands({ commands: props.input.commands })
    return {}
  },
}

/** Where a message is in Telegram. */
async function messageAt(props: TelegramProps, id: string): Promise<{ api: TelegramApi; place: Place; ids: number[] }> {
  const { client } = props
  const { message } = await client.getMessage({ id })
  const { conversation } = await client.getConversation({ id: message.conversationId })
  const place = placeFrom(conversation.tags['id'] ?? '')
  const ids = sentParts({ message })
  if (place && ids.length > 0) return { api: apiOf(props), place, ids }
  throw new PlugboardError({
    code: 'vendor_refused',
    message: `message '${id}' is not in Telegram: it was not sent, or is the press of a button`,
    where: { path: 'messageId' },
  })
}
