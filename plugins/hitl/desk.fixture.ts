import { IntegrationDefinition, IntegrationImplementation, PlugboardError, z } from 'plugboard'
import hitl from 'plugboard/interfaces/hitl'

/** What a desk was asked for, and what it was sent. */
export interface DeskRecord {
  /** Every call of `startHitl`. */
  readonly asked: { title: string; description?: string; queue?: string; history: readonly object[]; key: string }[]
  /** By the id of a user: the name. Those that were made. */
  readonly users: Map<string, { name?: string | undefined; email?: string | undefined }>
  /** What the humans were sent, by whom, in order. */
  readonly received: { session: string; by: string | undefined; says: object }[]
  /** The sessions that `stopHitl` ended. */
  readonly stopped: string[]
}

interface Desk {
  /** What the platform does before it answers `startHitl`, once the session is there. */
  asked?(session: string, client: Client): Promise<void>
  /** What it does before it answers `createUser`. */
  met?(): Promise<void>
  /** What it does instead of answering `startHitl`. */
  refuses?(): Promise<void>
}
type Client = {
  getOrCreateUser(user: { tags: { id: string }; name?: string }): Promise<{ user: { id: string } }>
  createMessage(message: object): Promise<unknown>
  createEvent(event: object): Promise<unknown>
}

/**
 * A platform on which people serve sessions. It keeps its sessions by the key of the call, so that one that is repeated
 * makes no second session.
 */
export function desk(does: Desk = {}) {
  const record: DeskRecord = { asked: [], users: new Map(), received: [], stopped: [] }
  const definition = new IntegrationDefinition({
    name: 'desk',
    version: '1.0.0',
    entities: { queue: { schema: z.object({ queue: z.enum(['sales', 'support']) }) } },
    user: { tags: { id: { identity: true } } },
  }).extend(hitl, ({ entities }) => ({
    entities: { hitlSession: entities.queue },
    channels: { hitl: { conversation: { tags: { id: { title: 'Session' } } } } },
  }))
  const receive: Receive = async ({ conversation, payload }) => {
    if (record.stopped.includes(conversation.id))
      throw new PlugboardError({ code: 'vendor_refused', message: 'the session has ended' })
    const { userId: by, ...says } = payload
    record.received.push({ session: conversation.id, by, says })
  }
  const installable = definition.implementedBy(async () => ({
    default: new IntegrationImplementation(definition, {
      actions: {
        createUser: async ({ input, client, ctx }) => {
          await does.met?.()
          const { user } = await client.getOrCreateUser({ tags: { id: ctx.idempotencyKey }, name: input.name })
          record.users.set(user.id, { name: input.name, email: input.email })
          return { userId: user.id }
        },
        startHitl: async ({ input, client, ctx }) => {
          await does.refuses?.()
          const { conversation } = await client.getOrCreateConversation({
            channel: 'hitl',
            tags: { id: ctx.idempotencyKey },
          })
          const { title, description, messageHistory: history = [], hitlSession } = input
          record.asked.push({
            title,
            history,
            key: ctx.idempotencyKey,
            ...(description !== undefined && { description }),
            ...(hitlSession && { queue: hitlSession.queue }),
          })
          await does.asked?.(conversation.id, client)
          return { conversationId: conversation.id }
        },
        stopHitl: async ({ input }) => {
          if (!record.stopped.includes(input.conversationId)) record.stopped.push(input.conversationId)
          return {}
        },
      },
      channels: { hitl: { messages: carriedBy(receive) } },
    }),
  }))
  return Object.assign(installable, { record })
}

type Receive = (props: { conversation: { id: string }; payload: { userId?: string | undefined } }) => Promise<void>

/** The channel of a session carries everything alike. */
const carriedBy = (receive: Receive) => ({
  text: receive,
  image: receive,
  audio: receive,
  video: receive,
  file: receive,
  location: receive,
  bloc: receive,
})

/** A platform that calls everything of a session otherwise. */
export function ticketing() {
  const record: Pick<DeskRecord, 'received' | 'stopped'> = { received: [], stopped: [] }
  const definition = new IntegrationDefinition({
    name: 'ticketing',
    version: '1.0.0',
    user: { tags: { key: { identity: true } } },
  }).extend(hitl, () => ({
    entities: {},
    actions: {
      createUser: { name: 'addRequester' },
      startHitl: { name: 'openTicket' },
      stopHitl: { name: 'closeTicket' },
    },
    events: { hitlAssigned: { name: 'ticketAssigned' }, hitlStopped: { name: 'ticketClosed' } },
    channels: { hitl: { name: 'ticket', conversation: { tags: { key: { title: 'Key' } } } } },
  }))
  const receive: Receive = async ({ conversation, payload }) => {
    const { userId: by, ...says } = payload
    record.received.push({ session: conversation.id, by, says })
  }
  const installable = definition.implementedBy(async () => ({
    default: new IntegrationImplementation(definition, {
      actions: {
        addRequester: async ({ input, client, ctx }) => {
          const { user } = await client.getOrCreateUser({ tags: { key: ctx.idempotencyKey }, name: input.name })
          return { userId: user.id }
        },
        openTicket: async ({ client, ctx }) => {
          const tags = { key: ctx.idempotencyKey }
          const { conversation } = await client.getOrCreateConversation({ channel: 'ticket', tags })
          return { conversationId: conversation.id }
        },
        closeTicket: async ({ input }) => {
          record.stopped.push(input.conversationId)
          return {}
        },
      },
      channels: { ticket: { messages: carriedBy(receive) } },
    }),
  }))
  return Object.assign(installable, { record })
}
