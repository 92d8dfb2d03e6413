import {
  type Conversation,
  IntegrationDefinition,
  IntegrationImplementation,
  type Message,
  messages,
  PlugboardError,
  z,
} from 'plugboard'
import type { HandlerFailure, RunningBot } from 'plugboard/runtime'

const { text, image, file } = messages.defaults

/**
 * An integration of one channel, `room`, that shows drafts and takes texts, pictures, files, and stickers, which only it knows:
 * for tests of plugins and bots. It remembers what people were sent.
 */
export function chat() {
  const sent: string[] = []
  const delivered: (string | object)[] = []
  const shown: string[] = []
  const definition = new IntegrationDefinition({
    name: 'chat',
    user: { tags: { id: {} } },
    channels: {
      room: {
        messages: { text, image, file, sticker: { schema: z.object({ sticker: z.string() }) } },
        conversation: { tags: { room: {} } },
        drafts: { every: 0 },
      },
    },
  })
  const keep = async ({ payload }: { payload: object }): Promise<void> => void delivered.push(payload)
  const installable = definition.implementedBy(async () => ({
    default: new IntegrationImplementation(definition, {
      channels: {
        room: {
          messages: {
            text: async ({ payload }) => {
              sent.push(payload.text)
              delivered.push(payload.text)
            },
            image: keep,
            file: keep,
            sticker: keep,
          },
          drafts: { text: async ({ payload }) => void shown.push(payload.text) },
        },
      },
    }),
  }))
  return Object.assign(installable, {
    /** The texts that people were sent. */
    sent,
    /** All that people were sent: of a text the text, of another message the payload. */
    delivered,
    /** What people were shown of texts before they were sent. */
    shown,
  })
}

/** Who talks, and where. */
export interface TalkOptions {
  /** The alias of the chat. Default: `chat`. */
  readonly alias?: string
  /** What tells the room from others. Default: `1`. */
  readonly room?: string
  /** What tells the person from others. Default: `1`. */
  readonly person?: string
  /** Whether `say()` rejects with the error of a handler that has failed for good. Default: true. */
  readonly throws?: boolean
}

/** A person who talks to a bot. */
export interface Talk {
  readonly conversation: Conversation
  readonly userId: string
  /**
   * Says something: a text, or the payload of a message of another type. Resolves when the bot has done all that it does about it.
   * Rejects with the error that a handler has thrown, as it was thrown, where it is not tried again.
   */
  say(content: string | object, type?: string): Promise<Message>
}

/**
 * Begins to talk to a bot that has a `chat()` installed, or goes on. From now on a handler of the bot that throws what says nothing
 * of itself, as a TypeError, is not tried again, unless the bot was started with `retries`.
 */
export async function talk(
  running: Pick<RunningBot, 'clientOf' | 'idle' | 'observeFailures'>,
  { alias = 'chat', room = '1', person = '1', throws = true }: TalkOptions = {},
): Promise<Talk> {
  const client = running.clientOf(alias)
  const { user } = await client.getOrCreateUser({ tags: { id: person } })
  const { conversation } = await client.getOrCreateConversation({ channel: 'room', tags: { room } })
  const failed: HandlerFailure[] = []
  running.observeFailures((failure) => {
    const isPutAside = failure.again && !failure.isTold && !PlugboardError.isInstance(failure.error)
    const isOurs = (failure.conversationId ?? conversation.id) === conversation.id
    if (isOurs && (isPutAside || !failure.again)) failed.push(failure)
    return isPutAside ? 'put aside' : undefined
  })
  return {
    conversation,
    userId: user.id,
    say: async (content, type = 'text') => {
      const earlier = failed.length
      const payload = typeof content === 'string' ? { text: content } : content
      const { message } = await client.createMessage({
        conversationId: conversation.id,
        userId: user.id,
        type,
        payload,
      })
      await running.idle()
      const first = failed[earlier]
      if (throws && first) throw first.error
      return message
    },
  }
}
