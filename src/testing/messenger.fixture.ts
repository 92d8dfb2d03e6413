import { IntegrationDefinition, IntegrationImplementation, messages, PlugboardError, z } from 'plugboard'
import hitl from 'plugboard/interfaces/hitl'
import messageState from 'plugboard/interfaces/message-state'
import proactiveConversation from 'plugboard/interfaces/proactive-conversation'
import proactiveUser from 'plugboard/interfaces/proactive-user'
import typingIndicator from 'plugboard/interfaces/typing-indicator'
import type { Act, AnyClient } from './people.ts'
import { MessengerPlatform, type Happening } from './messenger-platform.fixture.ts'

const tags = { id: { title: 'Id', description: 'What the platform calls it.', identity: true } }

const definition = new IntegrationDefinition({
  name: 'messenger',
  version: '1.0.0',
  channels: { room: { messages: { text: messages.defaults.text }, message: { tags }, conversation: { tags } } },
  user: { tags },
  entities: {
    member: { schema: z.object({ handle: z.string() }) },
    room: { schema: z.object({ room: z.string() }) },
    ticket: { schema: z.object({ queue: z.enum(['sales', 'support']) }) },
  },
})
  .extend(typingIndicator)
  .extend(messageState, () => ({
    entities: {},
    capabilities: ['edit', 'delete', 'react', 'markAsRead', 'edits', 'reactions', 'receipts'],
  }))
  .extend(proactiveUser, ({ entities }) => ({ entities: { user: entities.member } }))
  .extend(proactiveConversation, ({ entities }) => ({ entities: { conversation: entities.room } }))
  .extend(hitl, ({ entities }) => ({
    entities: { hitlSession: entities.ticket },
    channels: { hitl: { message: { tags }, conversation: { tags } } },
  }))

/** A right integration of the interfaces of chats, with its platform and the people on it. */
export function messenger() {
  const platform = new MessengerPlatform()
  const integration = definition.implementedBy(async () => ({ default: implementationFor(platform) }))
  const happen =
    (kind: Happening['kind']): Act =>
    ({ receive, conversation, message, entity, text, reaction }) => {
      const { handle, room } = (entity ?? {}) as { handle?: string; room?: string }
      return receive({
        body: JSON.stringify({
          kind,
          id: `from-people-${platform.next()}`,
          by: handle ?? 'ada',
          place: conversation?.tags['id'] ?? room ?? 'lobby',
          message: message?.tags['id'],
          text,
          reaction,
        } satisfies Happening),
      })
    }
  const acts = ['write', 'edit', 'delete', 'react', 'unreact', 'deliver', 'read', 'assign', 'answer', 'end'] as const
  return {
    platform,
    integration,
    options: {
      people: Object.fromEntries(acts.map((kind) => [kind, happen(kind)])),
      shown: () => platform.shown,
      entities: {
        user: [{ handle: 'ada' }, { handle: 'grace' }],
        conversation: [{ room: 'lobby' }, { room: 'garden' }],
      },
      situations: {
        unknownPerson: { action: 'getOrCreateUser', input: { user: { handle: 'nobody' } } },
        unknownPlace: { action: 'getOrCreateConversation', input: { conversation: { room: 'nowhere' } } },
        forbiddenPlace: { action: 'getOrCreateConversation', input: { conversation: { room: 'cellar' } } },
        'hitl/unavailable': {
          before: () => void (platform.weather = 'down'),
          after: () => void (platform.weather = 'fair'),
        },
        'hitl/slow': {
          before: () => void (platform.weather = 'slow'),
          after: () => void (platform.weather = 'fair'),
        },
      },
    },
  }
}
export type Messenger = ReturnType<typeof messenger>

function implementationFor(platform: MessengerPlatform) {
  const nothing = {}
  const show = async ({ payload, conversation, client, signal, ack }: Sending) => {
    const { text, userId } = payload as { text?: string; userId?: string }
    const name = userId === undefined ? undefined : (await client.getUser({ id: userId })).user.name
    const id = await platform.show(
      conversation.tags['id'] ?? '',
      { text: text ?? JSON.stringify(payload), name },
      signal,
    )
    await ack({ tags: { id } })
  }
  return new IntegrationImplementation(definition, {
    webhook: { verify: 'none', deliveryId: 'none' },
    handler: async ({ req, client }) => bringIn(platform, JSON.parse(req.body ?? '') as Happening, client),
    channels: {
      room: { messages: { text: show } },
      hitl: {
        messages: { text: show, image: show, audio: show, video: show, file: show, location: show, bloc: show },
      },
    },
    actions: {
      startTypingIndicator: async ({ input, client }) => {
        await client.getConversation({ id: input.conversationId })
        platform.shown.typing.push(true)
        return nothing
      },
      stopTypingIndicator: async () => {
        platform.shown.typing.push(false)
        return nothing
      },
      editMessage: async ({ input, client }) => {
        platform.edit(await messageAt(client, input.messageId), input.text)
        return nothing
      },
      deleteMessage: async ({ input, client }) => {
        platform.remove(await messageAt(client, input.messageId))
        return nothing
      },
      addReaction: async ({ input, client }) => {
        platform.react(await messageAt(client, input.messageId), input.reaction, false)
        return nothing
      },
      removeReaction: async ({ input, client }) => {
        platform.react(await messageAt(client, input.messageId), input.reaction, true)
        return nothing
      },
      markMessageAsRead: async ({ input, client }) => {
        platform.shown.reads.push(await messageAt(client, input.messageId))
        return nothing
      },
      getOrCreateUser: async ({ input, client }) => ({ userId: await personOf(platform, client, input.user.handle) }),
      getOrCreateConversation: async ({ input, client }) => {
        const { room } = input.conversation
        platform.demandRoom(room)
        const { conversation } = await client.getOrCreateConversation({ channel: 'room', tags: { id: room } })
        return { conversationId: conversation.id }
      },
      createUser: async ({ input, client }) => {
        const { name, pictureUrl } = input
        const { user } = await client.getOrCreateUser({
          tags: { id: `guest-${platform.next()}` },
          ...(name !== undefined && { name }),
          ...(pictureUrl !== undefined && { pictureUrl }),
        })
        return { userId: user.id }
      },
      startHitl: async ({ client, input, signal }) => {
        const id = platform.open()
        const { conversation } = await client.getOrCreateConversation({ channel: 'hitl', tags: { id } })
        for (const { payload } of input.messageHistory ?? [])
          await platform.show(id, { text: JSON.stringify(payload), name: undefined }, signal)
        return { conversationId: conversation.id }
      },
      stopHitl: async ({ input, client }) => {
        const { conversation } = await client.getConversation({ id: input.conversationId })
        platform.sessions.delete(conversation.tags['id'] ?? '')
        return nothing
      },
    },
  })
}

interface Sending {
  readonly payload: unknown
  readonly conversation: { readonly tags: { readonly id?: string | undefined } }
  readonly client: Pick<AnyClient, 'getUser'>
  readonly signal: AbortSignal
  ack(acknowledgement: { tags: { id: string } }): Promise<void>
}

async function messageAt(client: Pick<AnyClient, 'getMessage'>, id: string): Promise<string> {
  const { message } = await client.getMessage({ id })
  const own = message.tags['id']
  if (own !== undefined) return own
  throw new PlugboardError({ code: 'vendor_refused', message: `message '${id}' was never sent` })
}

async function personOf(
  platform: MessengerPlatform,
  client: Pick<AnyClient, 'getOrCreateUser'>,
  handle: string,
): Promise<string> {
  const { user } = await client.getOrCreateUser({ tags: { id: handle }, name: platform.nameOf(handle) })
  return user.id
}

/** Takes what happened on the platform. */
async function bringIn(platform: MessengerPlatform, told: Happening, client: AnyClient): Promise<void> {
  const { kind, id, by, place, text, reaction } = told
  const isSession = place.startsWith('session-')
  if (isSession && !platform.sessions.has(place)) return
  const userId = await personOf(platform, client, by)
  const channel = isSession ? 'hitl' : 'room'
  const { conversation } = await client.getOrCreateConversation({ channel, tags: { id: place } })
  const conversationId = conversation.id
  const happened = async (type: string, payload: object): Promise<void> =>
    void (await client.createEvent({ type, payload: { conversationId, ...payload } as never, conversationId }))
  const messageId = told.message === undefined ? '' : await idOf(client, conversationId, told.message)
  if (kind === 'write' || kind === 'answer') {
    platform.messages.set(id, { by, isGone: false, text, reactions: new Set() })
    await client.createMessage({ conversationId, userId, type: 'text', payload: { text }, tags: { id } })
  } else if (kind === 'edit') await happened('messageEdited', { messageId, text })
  else if (kind === 'delete') await happened('messageDeleted', { messageId })
  else if (kind === 'react') await happened('reactionAdded', { messageId, reaction, userId })
  else if (kind === 'unreact') await happened('reactionRemoved', { messageId, reaction, userId })
  else if (kind === 'deliver') await happened('messageDelivered', { messageId })
  else if (kind === 'read') await happened('messageRead', { messageId })
  else if (kind === 'assign' && platform.serve(place, by)) await happened('hitlAssigned', { userId })
  else if (kind === 'end') {
    platform.sessions.delete(place)
    await happened('hitlStopped', {})
  }
}

async function idOf(client: AnyClient, conversationId: string, id: string): Promise<string> {
  const { items } = await client.listMessages({ conversationId, tags: { id } })
  return items[0]?.id ?? ''
}
