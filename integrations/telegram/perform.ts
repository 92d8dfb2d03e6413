import { PlugboardError } from 'plugboard'
import type { z } from 'plugboard'
import type { actions } from './actions.ts'
import { type TelegramApi, apiOf } from './api.ts'
import { remove, sentParts, tagsOf, unlessAnswered } from './outgoing/deliver.ts'
import type { Formatted } from './outgoing/formatted.ts'
import { fromMarkdown } from './outgoing/markdown.ts'
import { written } from './outgoing/text-parts.ts'
import { unlessRefused } from './outgoing/unless-refused.ts'
import { placeFrom, type Place } from './place.ts'
import type { TelegramProps } from './props.ts'

type Perform<K extends keyof typeof actions> = (
  props: TelegramProps & { input: z.output<(typeof actions)[K]['input']['schema']> },
) => Promise<z.output<(typeof actions)[K]['output']['schema']>>

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
    const { messageId: id, markdown } = props.input
    const { api, place, ids } = await messageAt(props, id)
    const [message_id = 0, ...more] = ids
    const at = { chat_id: place.chat_id, message_id }
    const edit = async (shown: Formatted): Promise<unknown> => {
      const { text: caption, entities } = shown
      return api.editMessageText({ ...at, ...written(shown) }).catch((error: unknown) => {
        // A picture or file has its words below it.
        unlessAnswered(/no text in the message to edit/)(error)
        return api.editMessageCaption({ ...at, caption, caption_entities: [...entities] })
      })
    }
    await unlessRefused(fromMarkdown(markdown), edit).catch(unlessAnswered(/message is not modified/))
    await remove({ api, to: place }, more)
    if (more.length > 0) await props.client.updateMessage({ id, tags: tagsOf([message_id]) })
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
  callApi: async (props) => {
    const { method, parameters } = props.input
    const methods = apiOf(props) as unknown as Record<string, (parameters: object) => Promise<unknown>>
    return { result: await methods[method]?.(parameters) }
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
