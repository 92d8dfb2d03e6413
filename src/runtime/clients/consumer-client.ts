import type { ConsumerData } from '../../definition/consumer-data.ts'
import { PlugboardError, type Where } from '../../errors/index.ts'
import type { ConsumerClient } from '../../implementation/consumer-client.ts'
import type { StateKey } from '../../implementation/integration-client.ts'
import type { LooseConsumerTypes } from '../../implementation/loose-handlers.ts'
import type { Conversation, Event, Message } from '../../implementation/records.ts'
import type { StoredSchema } from '../calls/entity-references.ts'
import type { Installation } from '../composition/installation.ts'
import type { BufferedEffects } from '../consumers/buffered-effects.ts'
import type { Journal } from '../consumers/handler-run.ts'
import type { MadeMessage, StreamedMessage } from '../drafts/streamed-message.ts'
import type { Clock } from '../ports/clock.ts'
import type { StateAddress } from '../ports/record-store.ts'
import type { Store } from '../ports/store.ts'
import { newId } from '../new-id.ts'
import { files } from './files.ts'
import { fitToChannel } from './fit-to-channel.ts'
import { find, listing } from './found.ts'
import { addressOf, isSameState } from './state-address.ts'
import { tableRows } from './table-rows.ts'
import { mergedTags, textTags } from './tags.ts'
import { workflows } from './workflows.ts'

/** What the client works with. */
export interface ConsumerClientServices {
  /** The alias of the plugin, or `bot`. */
  readonly alias: string
  readonly definition: ConsumerData
  readonly store: Store
  readonly clock: Clock
  readonly botUserId: string
  /** The most bytes that a file may have. */
  readonly fileLimit: number
  readonly effects: BufferedEffects
  /** The steps of the handler; undefined where nothing is tried again. */
  readonly journal: Journal | undefined
  /** Does the work of a step, by its name. */
  inStep<T>(name: string, work: () => Promise<T>): Promise<T>
  readonly states: Readonly<Record<string, StoredSchema>>
  /** Whether there are handlers for the expiry of a state. */
  hears(state: string): boolean
  readonly events: Readonly<Record<string, StoredSchema>>
  installation(alias: string): Installation | undefined
  /** What the needs call a channel of an installation, as they are bound now. */
  channelName(alias: string, channel: string): string | undefined
  /** The actions of what is installed by name: by alias, then by action. */
  readonly actions: object
  /** The id of a message that is made of a stream: the same in every attempt. */
  nextMessageId(): string
  /** Reads the stream that a message is made of, and shows it meanwhile where that can be. */
  read(streamed: Omit<StreamedMessage, 'run'>): Promise<MadeMessage>
}

type ListFilter = { readonly cursor?: string; readonly tags?: Readonly<Record<string, string | undefined>> }
type MessageFilter = ListFilter & { readonly conversationId: string; readonly newestFirst?: boolean }
type ConversationFilter = ListFilter & { readonly integration?: string; readonly channel?: string }
type EventFilter = { readonly cursor?: string; readonly type?: string; readonly conversationId?: string }

// The types of the definition are those of its author's handlers; within, everything is checked by schema.
type AnyClient = ConsumerClient<LooseConsumerTypes>

/** The client of a plugin's or bot's handlers: what it writes takes effect when the handler ends, all of it or nothing. */
export function consumerClient({
  alias,
  definition,
  store,
  clock,
  botUserId,
  fileLimit,
  effects,
  journal,
  inStep,
  states,
  hears,
  events,
  installation,
  channelName,
  actions,
  nextMessageId,
  read,
}: ConsumerClientServices): AnyClient {
  const where: Where = alias === 'bot' ? { bot: definition.name } : { plugin: alias }
  const now = (): string => new Date(clock.now()).toISOString()
  const stateOf = (
    key: StateKey<string>,
  ): { address: StateAddress; schema: StoredSchema; expiry: number | undefined } => {
    const declared = definition.states
    const { name } = key
    if (!Object.hasOwn(declared, name))
      throw new PlugboardError({
        code: 'state_unknown',
        message: `'${alias}' declares no state '${name}'; it declares ${Object.keys(declared).join(', ') || 'none'}`,
        where,
      })
    const { type, expiry } = declared[name] as (typeof declared)[string]
    return {
      address: addressOf(alias, key, type, where),
      schema: states[name] as StoredSchema,
      expiry,
    }
  }
  const current = async (address: StateAddress): Promise<{ payload: unknown } | undefined> =>
    // A handler that calls an action of a plugin shares its effects with it: a state of the same name is another's.
    effects.states.findLast((state) => isSameState(state, address)) ?? store.getState(address)
  const writeState = async (
    key: StateKey<string>,
    payload: unknown,
    fields?: readonly string[],
  ): Promise<{ state: { payload: unknown } }> => {
    const { address, schema, expiry } = stateOf(key)
    const stored = await schema.store(payload, where)
    const heard = expiry !== undefined && hears(key.name)
    effects.states.push({ ...address, payload: stored, fields, expiry, heard })
    return { state: { payload: await schema.open(stored, where) } }
  }
  /** An own event as its handlers receive it; that of another one as it was stored. */
  const openEvent = async (event: Event): Promise<Event> => {
    const type = event.type.startsWith(`${alias}:`) ? event.type.slice(alias.length + 1) : ''
    if (!Object.hasOwn(events, type)) return event
    const own = events[type] as StoredSchema
    return { ...event, type, payload: await own.open(event.payload, { ...where, event: type }) }
  }
  const readState = async (key: StateKey<string>): Promise<{ payload: unknown } | undefined> => {
    const { address, schema } = stateOf(key)
    const state = await current(address)
    return state && { payload: await schema.open(state.payload, where) }
  }

  return {
    ...files({
      store,
      clock,
      limit: fileLimit,
      written: effects.files,
      write: async (write) => void effects.files.push(write),
      where,
    }),
    ...workflows({ alias, definition, store, clock, workflows: effects.workflows, where }),
    ...tableRows({ alias, definition, store, clock, rows: effects.rows, where }),
    createMessage: async ({
      conversationId,
      type,
      payload: given,
      stream,
      tags = {},
    }: {
      conversationId: string
      type: string
      payload?: unknown
      stream?: AsyncIterable<unknown>
      tags?: Record<string, string>
    }) => {
      const conversation = await find((key) => store.getConversation(key), 'conversation', conversationId, where)
      const blank = {
        id: stream ? nextMessageId() : newId(clock.now()),
        conversationId,
        userId: botUserId,
        direction: 'outgoing' as const,
        tags: { ...textTags(tags, 'a message') } as Record<string, string>,
        createdAt: now(),
      }
      const made = stream && (await read({ type, stream, message: blank, conversation, where }))
      const payload = made ? made.payload : given
      const content = await fitToChannel(installation(conversation.integration), conversation, { type, payload }, where)
      const message: Message = Object.freeze({ ...blank, ...content, tags: { ...blank.tags, ...made?.tags } })
      effects.messages.push(message)
      return { message }
    },
    getMessage: async ({ id }: { id: string }) => ({
      message:
        effects.messages.find((message) => message.id === id) ??
        (await find((key) => store.getMessage(key), 'message', id, where)),
    }),
    listMessages: async ({ conversationId, newestFirst = false, ...filter }: MessageFilter) =>
      store.listMessages({ conversationId, unsent: true, newestFirst, ...listing(filter, 'messages', where) }),
    listConversations: async ({ integration, channel, ...filter }: ConversationFilter = {}) =>
      store.listConversations({ integration, channel, ...listing(filter, 'conversations', where) }),
    listUsers: async ({ integration, ...filter }: ListFilter & { integration?: string } = {}) =>
      store.listUsers({ owner: integration, ...listing(filter, 'users', where) }),
    listEvents: async ({ type, conversationId, cursor }: EventFilter = {}) => {
      const isOwn = type !== undefined && Object.hasOwn(events, type)
      const { limit, cursor: from } = listing({ cursor }, 'events', where)
      const filter = { type: isOwn ? `${alias}:${type}` : type, conversationId, cursor: from, limit }
      const page = await store.listEvents(filter)
      return { ...page, items: await Promise.all(page.items.map(openEvent)) }
    },
    channelOf: ({ integration, channel }: Pick<Conversation, 'integration' | 'channel'>) =>
      channelName(integration, channel),
    callAction: async ({ type, input }: { type: string; input: unknown }) => ({
      output: await actionOf(actions, type, where)(input),
    }),
    step: async (name: string, work: () => Promise<unknown>) => {
      const done = await journal?.get(name)
      if (done) return done.result
      const result = await inStep(name, work)
      await journal?.save(name, result)
      return result
    },
    getConversation: async ({ id }: { id: string }) => ({
      conversation: await find((key) => store.getConversation(key), 'conversation', id, where),
    }),
    updateConversation: async ({ id, tags }: { id: string; tags: Record<string, string | undefined> }) => {
      const conversation = await find((key) => store.getConversation(key), 'conversation', id, where)
      effects.tags.push({ kind: 'conversation', id, tags: textTags(tags, 'a conversation') })
      return { conversation: { ...conversation, tags: mergedTags(conversation.tags, tags) } }
    },
    getUser: async ({ id }: { id: string }) => ({ user: await find((key) => store.getUser(key), 'user', id, where) }),
    updateUser: async ({
      id,
      tags = {},
      name,
      pictureUrl,
    }: {
      id: string
      tags?: Record<string, string | undefined>
      name?: string
      pictureUrl?: string
    }) => {
      const user = await find((key) => store.getUser(key), 'user', id, where)
      effects.tags.push({ kind: 'user', id, tags: textTags(tags, 'a user'), name, pictureUrl })
      return {
        user: {
          ...user,
          tags: mergedTags(user.tags, tags),
          ...(name !== undefined && { name }),
          ...(pictureUrl !== undefined && { pictureUrl }),
        },
      }
    },
    createEvent: async ({
      type,
      payload,
      conversationId,
      userId,
      messageId,
    }: {
      type: string
      payload: unknown
      conversationId?: string
      userId?: string
      messageId?: string
    }) => {
      if (!Object.hasOwn(events, type))
        throw new PlugboardError({
          code: 'event_unknown',
          message: `'${alias}' declares no event '${type}'; it declares ${Object.keys(events).join(', ') || 'none'}`,
          where: { ...where, event: type },
        })
      const stored = await (events[type] as StoredSchema).store(payload, { ...where, event: type })
      const event: Event = Object.freeze({
        // Events are listed, and forgotten, in the order of their ids.
        id: newId(clock.now()),
        type: `${alias}:${type}`,
        payload: stored,
        ...(conversationId !== undefined && { conversationId }),
        ...(userId !== undefined && { userId }),
        ...(messageId !== undefined && { messageId }),
        createdAt: now(),
      })
      effects.events.push(event)
      return { event: { ...event, type } }
    },
    getState: async (key: StateKey<string>) => ({ state: await readState(key) }),
    setState: async ({ payload, ...key }: StateKey<string> & { payload: unknown }) => writeState(key, payload),
    patchState: async ({ payload, ...key }: StateKey<string> & { payload: object }) =>
      writeState(key, { ...((await readState(key))?.payload as object | undefined), ...payload }, Object.keys(payload)),
  } as AnyClient
}

/** The function of an action that is named while the bot runs. Own properties alone count: `toString` is no action. */
function actionOf(actions: object, type: string, where: Where): (input: unknown) => unknown {
  const [alias = '', name = ''] = type.split(':')
  const ofAlias: object = Object.hasOwn(actions, alias) ? ((actions as Record<string, object>)[alias] ?? {}) : {}
  if (Object.hasOwn(ofAlias, name))
    return (ofAlias as Record<string, (input: unknown) => unknown>)[name] as (input: unknown) => unknown
  const known = Object.entries(actions).flatMap(([other, functions]) =>
    Object.keys(functions as object).map((key) => `${other}:${key}`),
  )
  throw new PlugboardError({
    code: 'action_unknown',
    message: `there is no action '${type}'; there are ${known.join(', ') || 'none'}`,
    where,
  })
}
