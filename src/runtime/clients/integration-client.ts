import type { ChannelDefinition } from '../../definition/member-definitions.ts'
import { PlugboardError, type Where } from '../../errors/index.ts'
import type { IntegrationClient, StateKey } from '../../implementation/integration-client.ts'
import type { LooseIntegrationTypes } from '../../implementation/loose-handlers.ts'
import type { Logger } from '../../implementation/logger.ts'
import type { Conversation, Event, Message, User } from '../../implementation/records.ts'
import type { Installation } from '../composition/installation.ts'
import type { Announcer } from '../ports/announcer.ts'
import type { Clock } from '../ports/clock.ts'
import type { FileWrite } from '../ports/file-store.ts'
import type { Claim } from '../ports/claim.ts'
import type { StateAddress, StateWrite } from '../ports/record-store.ts'
import type { Store } from '../ports/store.ts'
import { newId } from '../new-id.ts'
import { validate } from '../validate.ts'
import { platformFiles } from '../files/platform-files.ts'
import { files } from './files.ts'
import { find, listing } from './found.ts'
import { live } from './live.ts'
import { addressOf, isSameState } from './state-address.ts'
import { demandIdentifier } from '../identification/demand-identifier.ts'
import { identityTags, mergedTags, storedTags, textTags } from './tags.ts'

/** What an integration brought in during one request, stored together at its end. */
export interface Intake {
  readonly messages: Message[]
  readonly events: Event[]
  readonly states: StateWrite[]
  readonly files: FileWrite[]
}

/** What the client works with. */
export interface IntegrationClientServices {
  readonly installation: Installation
  readonly store: Store
  readonly clock: Clock
  readonly logger: Logger
  readonly announcer: Announcer
  /** The most bytes that a file may have. */
  readonly fileLimit: number
  /** Collects what comes in until the request ends; undefined outside of one: then everything is stored at once. */
  readonly intake: Intake | undefined
  /** Under which the platform reaches the installation. */
  readonly webhookUrl: string
  /** What the handlers of the installation receive. */
  context(signal?: AbortSignal): object
  accessToken(options?: { insteadOf?: string | undefined }): Promise<string>
  /** Held where only its holder may change what is known of the installation. */
  readonly claim: Claim | undefined
  /** Stores what came in, and wakes its lanes. */
  receive(intake: Intake): Promise<void>
}

// The types of the definition are those of its author's handlers; within, everything is checked by schema.
type AnyClient = IntegrationClient<LooseIntegrationTypes>

/** The client of an installation's handlers. */
export function integrationClient({
  installation,
  store,
  clock,
  logger,
  announcer,
  fileLimit,
  webhookUrl,
  context,
  accessToken,
  intake,
  claim,
  receive,
}: IntegrationClientServices): AnyClient {
  const { alias, definition } = installation
  const where: Where = { integration: alias }
  const now = (): string => new Date(clock.now()).toISOString()
  const bring = async (part: Partial<Intake>): Promise<void> => {
    const { messages = [], events = [], states = [], files: written = [] } = part
    if (!intake) return receive({ messages, events, states, files: written })
    intake.files.push(...written)
    intake.messages.push(...messages)
    intake.events.push(...events)
    intake.states.push(...states)
  }
  const channelOf = (name: string): ChannelDefinition => {
    const channels = definition.channels as Readonly<Record<string, ChannelDefinition>>
    if (!Object.hasOwn(channels, name))
      throw new PlugboardError({
        code: 'channel_unknown',
        message: `integration '${alias}' has no channel '${name}'; it has ${Object.keys(channels).join(', ') || 'none'}`,
        where,
      })
    return channels[name] as ChannelDefinition
  }
  // What a request has found or made itself need not be looked for again to see that it is there.
  const known = { conversations: new Map<string, Conversation>(), users: new Map<string, User>() }
  const ownConversation = async (id: string): Promise<Conversation> => {
    const conversation = await find((key) => store.getConversation(key), 'conversation', id, where)
    if (conversation.integration !== alias)
      throw new PlugboardError({
        code: 'conversation_unknown',
        message: `integration '${alias}' has no conversation '${id}'`,
        where,
      })
    return conversation
  }
  // The bot is part of every conversation. What other installations know of their users is theirs.
  const knownUser = async (id: string, owners = [alias, 'bot']): Promise<User> =>
    find((key) => store.getUser(key, owners), 'user', id, where)
  const ownMessage = async (id: string): Promise<Message> => {
    const message = await find((key) => store.getMessage(key), 'message', id, where)
    if ((await store.getConversation(message.conversationId))?.integration !== alias)
      throw new PlugboardError({
        code: 'message_unknown',
        message: `integration '${alias}' has no message '${id}'`,
        where,
      })
    return message
  }
  const stateOf = (
    key: StateKey<string>,
  ): { address: StateAddress; schema: (typeof definition.states)[string]['schema'] } => {
    const states = definition.states
    const { name } = key
    if (!Object.hasOwn(states, name))
      throw new PlugboardError({
        code: 'state_unknown',
        message: `integration '${alias}' declares no state '${name}'; it declares ${Object.keys(states).join(', ') || 'none'}`,
        where,
      })
    const { type, schema } = states[name] as (typeof states)[string]
    return { address: addressOf(alias, key, type, where), schema }
  }
  const current = async (address: StateAddress): Promise<{ payload: unknown } | undefined> => {
    const buffered = intake?.states.findLast((state) => isSameState(state, address))
    return buffered ?? store.getState(address)
  }
  const writeState = async (
    key: StateKey<string>,
    payload: unknown,
    fields?: readonly string[],
  ): Promise<{ state: { payload: unknown } }> => {
    const { address, schema } = stateOf(key)
    const value = await validate(schema, payload, {
      code: 'state_invalid',
      subject: `the state '${key.name}' of integration '${alias}'`,
      where,
    })
    await bring({ states: [{ ...address, payload: value, fields, expiry: undefined }] })
    return { state: { payload: value } }
  }

  const kept = files({
    store,
    clock,
    limit: fileLimit,
    written: intake?.files ?? [],
    write: (write) => bring({ files: [write] }),
    where,
  })
  return {
    ...kept,
    ...platformFiles({ installation, webhookUrl, clock, logger, kept, context }),
    ...live(announcer, installation, logger),
    getOrCreateUser: async ({ tags, name, pictureUrl }) => {
      const declared = definition.user.tags
      const stored = storedTags(tags, declared, `users of integration '${alias}'`, logger)
      const user = await store.getOrCreateUser({
        owner: alias,
        identity: identityTags(stored, declared),
        tags: stored,
        ...(name !== undefined && { name }),
        ...(pictureUrl !== undefined && { pictureUrl }),
      })
      if (intake) known.users.set(user.id, user)
      return { user }
    },
    getUser: async ({ id }) => ({ user: await knownUser(id) }),
    updateUser: async ({ id, tags, name, pictureUrl }) => {
      await knownUser(id, [alias])
      const changes = textTags(tags, `users of integration '${alias}'`)
      await store.changeTags({ kind: 'user', id, tags: changes, name, pictureUrl })
      return { user: await knownUser(id) }
    },
    getOrCreateConversation: async ({ channel, tags }) => {
      const declared = channelOf(channel).conversation?.tags
      const stored = storedTags(
        tags,
        declared,
        `conversations of channel '${channel}' of integration '${alias}'`,
        logger,
      )
      const conversation = await store.getOrCreateConversation({
        integration: alias,
        channel,
        identity: identityTags(stored, declared),
        tags: stored,
      })
      if (intake) known.conversations.set(conversation.id, conversation)
      return { conversation }
    },
    getConversation: async ({ id }) => ({ conversation: await ownConversation(id) }),
    updateConversation: async ({ id, tags }) => {
      const { channel } = await ownConversation(id)
      const changes = textTags(tags, `conversations of channel '${channel}' of integration '${alias}'`)
      await store.changeTags({ kind: 'conversation', id, tags: changes })
      return { conversation: await ownConversation(id) }
    },
    listConversations: async ({ channel, ...filter } = {}) =>
      store.listConversations({ integration: alias, channel, ...listing(filter, 'conversations', where) }),
    listUsers: async (filter = {}) => store.listUsers({ owner: alias, ...listing(filter, 'users', where) }),
    createMessage: async ({ conversationId, userId, type, payload, tags }) => {
      const conversation = known.conversations.get(conversationId) ?? (await ownConversation(conversationId))
      if (!known.users.has(userId)) await knownUser(userId)
      const channel = channelOf(conversation.channel)
      const definitionOf = Object.hasOwn(channel.messages, type) ? channel.messages[type] : undefined
      const place: Where = { ...where, channel: conversation.channel }
      if (!definitionOf)
        throw new PlugboardError({
          code: 'message_type_unknown',
          message: `channel '${conversation.channel}' of integration '${alias}' has no message '${type}'; it has ${Object.keys(channel.messages).join(', ')}`,
          where: place,
        })
      const value = await validate(definitionOf.schema, payload, {
        code: 'payload_invalid',
        subject: `the payload of message '${type}' of channel '${conversation.channel}' of integration '${alias}'`,
        where: place,
      })
      const stored = storedTags(
        tags,
        channel.message?.tags,
        `messages of channel '${conversation.channel}' of integration '${alias}'`,
        logger,
      )
      const message: Message = Object.freeze({
        id: newId(clock.now()),
        conversationId,
        userId,
        direction: 'incoming',
        type,
        payload: value,
        tags: stored,
        createdAt: now(),
      })
      if (installation.disabledChannels.has(conversation.channel))
        logger.debug(`a message of the disabled channel '${conversation.channel}' was dropped`)
      else await bring({ messages: [message] })
      return { message }
    },
    getMessage: async ({ id }) => ({
      message: intake?.messages.find((message) => message.id === id) ?? (await ownMessage(id)),
    }),
    updateMessage: async ({ id, tags: given }) => {
      const tags = textTags(given, `messages of integration '${alias}'`)
      const brought = intake?.messages.findIndex((message) => message.id === id) ?? -1
      if (intake && brought >= 0) {
        const message = intake.messages[brought] as Message
        const updated = Object.freeze({ ...message, tags: mergedTags(message.tags, tags) })
        intake.messages[brought] = updated
        return { message: updated }
      }
      await ownMessage(id)
      await store.changeTags({ kind: 'message', id, tags })
      return { message: await ownMessage(id) }
    },
    listMessages: async ({ conversationId, ...filter }) => {
      await ownConversation(conversationId)
      return store.listMessages({ conversationId, unsent: false, ...listing(filter, 'messages', where) })
    },
    createEvent: async ({ type, payload, conversationId, userId, messageId }) => {
      const events = definition.events
      if (!Object.hasOwn(events, type))
        throw new PlugboardError({
          code: 'event_unknown',
          message: `integration '${alias}' declares no event '${type}'; it declares ${Object.keys(events).join(', ') || 'none'}`,
          where: { ...where, event: type },
        })
      const { schema } = events[type] as (typeof events)[string]
      const value = await validate(schema, payload, {
        code: 'payload_invalid',
        subject: `the payload of event '${type}' of integration '${alias}'`,
        where: { ...where, event: type },
      })
      if (conversationId !== undefined && !known.conversations.has(conversationId))
        await ownConversation(conversationId)
      const event: Event = Object.freeze({
        // Events are listed, and forgotten, in the order of their ids.
        id: newId(clock.now()),
        type: `${alias}:${type}`,
        payload: value,
        ...(conversationId !== undefined && { conversationId }),
        ...(userId !== undefined && { userId }),
        ...(messageId !== undefined && { messageId }),
        createdAt: now(),
      })
      await bring({ events: [event] })
      return { event: { ...event, type } }
    },
    configureIntegration: async ({ identifier }) => {
      demandIdentifier(installation, identifier)
      await store.identify({ alias, integration: definition.name }, identifier ?? undefined, claim)
    },
    getAccessToken: async (options) => accessToken(options),
    getState: async (key) => {
      const state = await current(stateOf(key).address)
      return { state: state && { payload: state.payload } }
    },
    setState: async ({ payload, ...key }) => writeState(key, payload),
    patchState: async ({ payload, ...key }) => {
      const state = await current(stateOf(key).address)
      return writeState(key, { ...(state?.payload as object | undefined), ...payload }, Object.keys(payload))
    },
  } as AnyClient
}
