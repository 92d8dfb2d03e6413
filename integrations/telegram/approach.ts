import type { ChatFullInfo } from 'grammy/types'
import { PlugboardError } from 'plugboard'
import { apiOf } from './api.ts'
import { conversationOf, speakerFrom, userOf } from './incoming/people.ts'
import { placeFrom } from './place.ts'
import type { TelegramProps } from './props.ts'

interface PersonInput {
  readonly user: { readonly id: string }
  readonly name?: string | undefined
  readonly pictureUrl?: string | undefined
}
interface ChatInput {
  readonly conversation: { readonly chatId: string; readonly threadId?: string | undefined }
}

/** Finds people and chats before anything has come from them. Telegram is asked first, which knows whom the bot may write to. */
export const approach = {
  getOrCreateUser: async (props: TelegramProps & { input: PersonInput }) => {
    const { user, name, pictureUrl } = props.input
    const chat = await chatAt(props, user.id)
    if (chat.type !== 'private') throw refusal(`'${user.id}' is no person but a ${chat.type}`, 'user.id')
    const speaker = speakerFrom({ ...chat, is_bot: false, language_code: undefined }, undefined)
    const userId = await userOf(props.client, {
      ...speaker,
      id: user.id,
      name: speaker?.name || name || user.id,
      isBot: false,
    })
    if (pictureUrl !== undefined) await props.client.updateUser({ id: userId, pictureUrl })
    return { userId }
  },
  getOrCreateConversation: async (props: TelegramProps & { input: ChatInput }) => {
    const { chatId, threadId } = props.input.conversation
    const chat = await chatAt(props, chatId)
    if (threadId !== undefined && !chat.is_forum)
      throw refusal(`the chat '${chatId}' has no topics`, 'conversation.threadId')
    return { conversationId: await conversationOf(props.client, chat, threadId) }
  },
}

async function chatAt(props: TelegramProps, id: string): Promise<ChatFullInfo> {
  return apiOf(props).getChat({ chat_id: placeFrom(id)?.chat_id ?? id })
}

function refusal(message: string, path: string): PlugboardError {
  return new PlugboardError({ code: 'vendor_refused', message, where: { path } })
}
