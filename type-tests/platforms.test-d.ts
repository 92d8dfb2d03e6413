import { expectTypeOf } from 'expect-type'
import {
  IntegrationDefinition,
  IntegrationImplementation,
  messages,
  need,
  PluginDefinition,
  PluginImplementation,
  z,
} from 'plugboard'
import hitl from 'plugboard/interfaces/hitl'
import messageState from 'plugboard/interfaces/message-state'
import proactiveConversation from 'plugboard/interfaces/proactive-conversation'
import proactiveUser from 'plugboard/interfaces/proactive-user'
import typingIndicator from 'plugboard/interfaces/typing-indicator'

// What a chat platform implements beside its channels.
const chat = new IntegrationDefinition({
  name: 'chat',
  channels: { room: { messages: { text: messages.defaults.text } } },
  entities: {
    member: { schema: z.object({ handle: z.string() }) },
    room: { schema: z.object({ room: z.string(), topic: z.string().optional() }) },
    ticket: { schema: z.object({ queue: z.enum(['sales', 'support']) }) },
  },
})
  .extend(typingIndicator)
  .extend(messageState, () => ({ entities: {}, capabilities: ['edit', 'react', 'reactions'] }))
  .extend(proactiveUser, ({ entities }) => ({ entities: { user: entities.member } }))
  .extend(proactiveConversation, ({ entities }) => ({ entities: { conversation: entities.room } }))
  .extend(hitl, ({ entities }) => ({ entities: { hitlSession: entities.ticket } }))
type Chat = typeof chat.$types
type Actions = Chat['actions']
expectTypeOf<keyof Actions>().toEqualTypeOf<
  | 'startTypingIndicator'
  | 'stopTypingIndicator'
  | 'editMessage'
  | 'addReaction'
  | 'removeReaction'
  | 'getOrCreateUser'
  | 'getOrCreateConversation'
  | 'createUser'
  | 'startHitl'
  | 'stopHitl'
>()
expectTypeOf<Actions['startTypingIndicator']['parsed']>().toEqualTypeOf<{
  conversationId: string
  messageId: string
  timeout?: number | undefined
}>()
expectTypeOf<Actions['editMessage']['parsed']>().toEqualTypeOf<{
  conversationId: string
  messageId: string
  text: string
}>()
expectTypeOf<Actions['getOrCreateUser']['parsed']>().toEqualTypeOf<{
  user: { handle: string }
  name?: string | undefined
  pictureUrl?: string | undefined
}>()
expectTypeOf<Actions['getOrCreateConversation']['parsed']>().toEqualTypeOf<{
  conversation: { room: string; topic?: string | undefined }
}>()
expectTypeOf<Actions['startHitl']['parsed']['hitlSession']>().toEqualTypeOf<
  { queue: 'sales' | 'support' } | undefined
>()
expectTypeOf<keyof Chat['channels']>().toEqualTypeOf<'room' | 'hitl'>()
expectTypeOf<keyof Chat['channels']['hitl']['messages']>().toEqualTypeOf<
  'text' | 'image' | 'audio' | 'video' | 'file' | 'location' | 'bloc'
>()
expectTypeOf<Chat['channels']['hitl']['messages']['text']['parsed']>().toEqualTypeOf<{
  text: string
  userId?: string | undefined
}>()
expectTypeOf<Chat['events']['reactionAdded']['parsed']>().toEqualTypeOf<{
  conversationId: string
  messageId: string
  reaction: string
  userId: string
}>()
expectTypeOf<Chat['events']['hitlAssigned']['parsed']>().toEqualTypeOf<{ conversationId: string; userId: string }>()

const nothing = async () => ({})
new IntegrationImplementation(chat, {
  channels: {
    room: { messages: { text: async () => {} } },
    hitl: {
      messages: {
        text: async ({ payload }) => {
          expectTypeOf(payload.userId).toEqualTypeOf<string | undefined>()
        },
        image: async () => {},
        audio: async () => {},
        video: async () => {},
        file: async () => {},
        location: async () => {},
        bloc: async () => {},
      },
    },
  },
  actions: {
    startTypingIndicator: nothing,
    stopTypingIndicator: nothing,
    editMessage: nothing,
    addReaction: nothing,
    removeReaction: nothing,
    getOrCreateUser: async ({ input, client }) => {
      const { user } = await client.getOrCreateUser({ tags: { handle: input.user.handle } })
      return { userId: user.id }
    },
    getOrCreateConversation: async ({ input, client }) => {
      const { room } = input.conversation
      const { conversation } = await client.getOrCreateConversation({ channel: 'room', tags: { room } })
      return { conversationId: conversation.id }
    },
    createUser: async () => ({ userId: '1' }),
    startHitl: async ({ input, client }) => {
      for (const { source } of input.messageHistory ?? [])
        if (source.type === 'user') expectTypeOf(source.userId).toEqualTypeOf<string>()
      const { conversation } = await client.getOrCreateConversation({ channel: 'hitl', tags: { id: '1' } })
      await client.createEvent({ type: 'hitlAssigned', payload: { conversationId: conversation.id, userId: '2' } })
      return { conversationId: conversation.id }
    },
    stopHitl: nothing,
  },
})

// A plugin asks for what it cannot do without, and makes up neither people nor places.
const caller = new PluginDefinition({
  name: 'caller',
  interfaces: {
    typing: typingIndicator,
    state: need(messageState, { capabilities: ['edit'] }),
    people: proactiveUser,
    places: proactiveConversation,
    desk: hitl,
  },
  configuration: { schema: ({ entities }) => z.object({ place: entities.places.conversation }) },
})
const calling = new PluginImplementation(caller)
calling.on.message('text', async ({ interfaces, configuration, message }) => {
  const { typing, state, people, places, desk } = interfaces
  const at = { conversationId: message.conversationId, messageId: message.id }
  await typing.startTypingIndicator({ ...at, timeout: 5000 })
  await state.editMessage({ ...at, text: 'b' })
  // @ts-expect-error the capability is not demanded
  await state.addReaction({ ...at, reaction: '👍' })

  const { userId } = await people.getOrCreateUser({ user: people.entities.user.parse({ handle: 'ada' }) })
  const { conversationId } = await places.getOrCreateConversation({ conversation: configuration.place })
  // @ts-expect-error a person is not made up
  await people.getOrCreateUser({ user: {} })
  // @ts-expect-error a place is not made up
  await places.getOrCreateConversation({ conversation: { room: 'a' } })

  const session = await desk.startHitl({
    userId,
    title: 'Help',
    messageHistory: [{ source: { type: 'bot' }, type: 'text', payload: { text: 'a' } }],
  })
  expectTypeOf(session.conversationId).toEqualTypeOf<string>()
  expectTypeOf(conversationId).toEqualTypeOf<string>()
  await desk.stopHitl(session)
})
calling.on.event('desk:hitlStopped', async ({ event }) => {
  expectTypeOf(event.payload).toEqualTypeOf<{ conversationId: string }>()
})
calling.on.event('state:messageRead', async ({ event }) => {
  expectTypeOf(event.payload).toEqualTypeOf<{ conversationId: string; messageId: string }>()
})
