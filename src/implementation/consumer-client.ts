import type { ConsumerTypes } from '../definition/consumer.ts'
import type { DefaultMessages } from '../definition/messages.ts'
import type { FileClient } from './file-client.ts'
import type { StateKey } from './integration-client.ts'
import type { Conversation, Event, Message, Page, User } from './records.ts'
import type { TableClient } from './table-client.ts'
import type { WorkflowClient } from './workflow-client.ts'

/** What a plugin or bot may ask of the runtime. */
export interface ConsumerClient<T extends ConsumerTypes>
  extends TableClient<T['tables']>, WorkflowClient<T['workflows']>, FileClient {
  /**
   * Sends a message to a conversation. A channel that cannot carry the type gets what the type's degrade rule makes of it.
   *
   * With a `stream` in the place of the `payload`, people see it grow where the channel shows that; the message that is stored
   * and sent is what its stream ends with. Resolves when the stream has ended, and throws what it throws; nothing is sent then.
   * @throws {ValidationError} with the code `payload_invalid`, also for a stream that does not end with a whole payload.
   * @throws {PlugboardError} with the code `message_type_unknown`, if the channel can carry neither the type nor what it degrades to.
   */
  createMessage<M extends keyof DefaultMessages | (string & {})>(
    message: StreamedMessage<M> | NewMessage<M>,
  ): Promise<{ message: Message }>
  getMessage(message: { id: string }): Promise<{ message: Message }>
  /** The messages of a conversation, those that hooks stopped left out. */
  listMessages(filter: {
    conversationId: string
    tags?: Record<string, string>
    cursor?: string
    /** Default: false, the oldest first. */
    newestFirst?: boolean
  }): Promise<Page<Message>>
  /** Conversations with all of these tags, the oldest first; of all integrations and channels unless one is named. */
  listConversations(filter?: {
    /** The alias of the installation. */
    integration?: string
    channel?: string
    tags?: Record<string, string>
    cursor?: string
  }): Promise<Page<Conversation>>
  /** The people with all of these tags, the oldest first; of all integrations unless one is named. */
  listUsers(filter?: {
    /** The alias of the installation. */
    integration?: string
    tags?: Record<string, string>
    cursor?: string
  }): Promise<Page<User>>
  /** What has happened, the oldest first, for as long as it is kept: 30 days unless the bot was started with another time. */
  listEvents(filter?: {
    /** An own event by its name, any other with the alias of where it comes from: `telegram:joined`. */
    type?: (keyof T['events'] & string) | (string & {})
    conversationId?: string
    cursor?: string
  }): Promise<Page<Event>>

  getConversation(conversation: { id: string }): Promise<{ conversation: Conversation }>
  /**
   * What a need calls the channel of a conversation: `hitl:hitl`, which is the name of the need and the interface's of the
   * channel. Undefined where no need is bound to its integration now, or the channel is the integration's own.
   */
  channelOf(conversation: Pick<Conversation, 'integration' | 'channel'>): string | undefined
  updateConversation(conversation: {
    id: string
    tags: Record<string, string | undefined>
  }): Promise<{ conversation: Conversation }>
  getUser(user: { id: string }): Promise<{ user: User }>
  updateUser(user: {
    id: string
    tags?: Record<string, string | undefined>
    name?: string
    pictureUrl?: string
  }): Promise<{ user: User }>

  /**
   * Calls an action of what is installed, by a name that is known only while the bot runs: `telegram:sendMessage`.
   * Where it is known before, `actions.telegram.sendMessage(input)` is typed. Only a bot's own code has this; a plugin has its needs.
   * @throws {PlugboardError} with the code `action_unknown`.
   */
  callAction(call: { type: string; input: unknown }): Promise<{ output: unknown }>

  /**
   * Does something that must not be done again when the handler is tried again, and gives its result, which must be JSON.
   * The result is kept until the handler is finished; where it is there already, `work` is not called. The calls of actions in
   * it have the same idempotency keys in every attempt, whichever steps were done before.
   * @param name What tells the step from the others of the handler.
   */
  step<T>(name: string, work: () => Promise<T>): Promise<T>

  /** Tells the bot and its plugins that something happened. */
  createEvent<E extends keyof T['events'] & string>(event: {
    type: E
    payload: T['events'][E]['input']
    conversationId?: string
    userId?: string
    messageId?: string
  }): Promise<{ event: Event }>

  /** The value of a state; undefined where none was set. Reads what this handler has set. */
  getState<S extends keyof T['states'] & string>(
    state: StateKey<S>,
  ): Promise<{ state: { payload: T['states'][S]['parsed'] } | undefined }>
  /** @throws {ValidationError} with the code `state_invalid`. */
  setState<S extends keyof T['states'] & string>(
    state: StateKey<S> & { payload: T['states'][S]['input'] },
  ): Promise<{ state: { payload: T['states'][S]['parsed'] } }>
  /** Changes some fields of a state that is set. What others change at the same time stays. */
  patchState<S extends keyof T['states'] & string>(
    state: StateKey<S> & { payload: Partial<T['states'][S]['input']> },
  ): Promise<{ state: { payload: T['states'][S]['parsed'] } }>
}

/** A message to be sent by the bot. */
export type NewMessage<M extends string> = {
  conversationId: string
  type: M
  /** That of the type; any object, of a type that only some channels have. */
  payload: PayloadOf<M>
  stream?: undefined
  tags?: Record<string, string>
}

/** A message to be sent by the bot while it is made. */
export type StreamedMessage<M extends string> = {
  conversationId: string
  type: M
  /** Its parts: each a whole payload in the place of what was there, or, of a text, the next piece of it. */
  stream: AsyncIterable<PayloadOf<M> | TextPart<M>>
  payload?: undefined
  tags?: Record<string, string>
}

type PayloadOf<M extends string> = M extends keyof DefaultMessages ? DefaultMessages[M]['input'] : object
type TextPart<M> = M extends 'text' | 'markdown' ? string : never
