import type { IntegrationTypes } from '../definition/integration-definition.ts'
import type { Refused } from '../types/refused.ts'
import type { FileClient } from './file-client.ts'
import type { PlatformFileClient } from './platform-file-client.ts'
import type { Conversation, Event, Message, Page, User } from './records.ts'

/** Tags that a definition declares; others are stored and warned of. A tag whose value is undefined is left out. */
export type TagsFor<TName extends PropertyKey> = { [K in TName]?: string | undefined } & Record<
  string,
  string | undefined
>

/** What an integration may ask of the runtime: only what it declares. */
export interface IntegrationClient<T extends IntegrationTypes> extends FileClient, PlatformFileClient {
  /** The user with these tags, made if there is none. Looks by the identity tags if any are declared, else by all that are given. */
  getOrCreateUser(user: { tags: TagsFor<T['userTags']>; name?: string; pictureUrl?: string }): Promise<{ user: User }>
  getUser(user: { id: string }): Promise<{ user: User }>
  updateUser(user: {
    id: string
    tags?: TagsFor<T['userTags']>
    name?: string
    pictureUrl?: string
  }): Promise<{ user: User }>

  /** The conversation of this installation's channel with these tags, made if there is none. */
  getOrCreateConversation<C extends keyof T['channels'] & string>(conversation: {
    channel: C
    tags: TagsFor<T['channels'][C]['conversationTags']>
  }): Promise<{ conversation: Conversation }>
  getConversation(conversation: { id: string }): Promise<{ conversation: Conversation }>
  /** Changes tags of a conversation; those that are not given stay. */
  updateConversation(conversation: {
    id: string
    tags: Record<string, string | undefined>
  }): Promise<{ conversation: Conversation }>
  listConversations(filter?: {
    channel?: keyof T['channels'] & string
    tags?: Record<string, string>
    cursor?: string
  }): Promise<Page<Conversation>>

  /**
   * Hands a message from the platform to the bot.
   * @throws {ValidationError} with the code `payload_invalid`.
   */
  createMessage<M extends MessageType<T>>(message: NewMessage<T, M>): Promise<{ message: Message }>
  getMessage(message: { id: string }): Promise<{ message: Message }>
  updateMessage(message: { id: string; tags: Record<string, string | undefined> }): Promise<{ message: Message }>
  /** The messages of a conversation, the oldest first. */
  listMessages(filter: {
    conversationId: string
    tags?: Record<string, string>
    cursor?: string
  }): Promise<Page<Message>>
  /** The users of this installation with all of these tags, the oldest first. */
  listUsers(filter?: { tags?: Record<string, string>; cursor?: string }): Promise<Page<User>>

  /**
   * Tells the bot what happened on the platform.
   * @throws {ValidationError} with the code `payload_invalid`.
   */
  createEvent<E extends keyof T['events'] & string>(event: {
    type: E
    payload: T['events'][E]['input']
    conversationId?: string
    userId?: string
    messageId?: string
  }): Promise<{ event: Event }>

  /**
   * Says which identifier this installation has: requests to the webhook that the installations of the integration share are
   * for the one that has what `extractScript` finds in them. Usually called in `register`. It is kept until another one is
   * given, null is, or the installation is removed.
   * @throws {PlugboardError} with the code `identifier_taken`, if another installation of the integration has it.
   */
  configureIntegration(configuration: { identifier: string | null }): Promise<void>

  /**
   * The access token of this installation, refreshed if it is about to expire.
   * @param options `insteadOf`: one that the platform has refused, so that another one is needed.
   * @throws {PlugboardError} with the code `authorization_needed`, if an operator has to give access first, or again.
   */
  getAccessToken: [true] extends [T['oauth']]
    ? (options?: { insteadOf?: string | undefined }) => Promise<string>
    : Refused<'the definition declares no `oauth`'>

  /** The value of a state of the integration, a conversation or a user; undefined where none was set. */
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

  /**
   * Tells who has subscribed to a topic of this installation, in whatever process of the bot, what is going on right now.
   * It is heard within milliseconds or not at all, and kept nowhere: what must not be lost is stored beside. What one
   * process publishes is heard in that order. Resolves once it is on its way; does not fail for want of a way.
   * @throws {PlugboardError} with the code `announcement_invalid`, for what JSON cannot hold or what is larger than 1 MiB.
   */
  publish(announcement: { topic: string; data: unknown }): Promise<void>
  /**
   * Hears what is published under a topic of this installation, in whatever process of the bot, until the function that
   * this gives is called.
   */
  subscribe(subscription: {
    topic: string
    /** Is given a copy of the data. */
    hear: (data: unknown) => void
    /** Called when something may have been missed, as after a broken connection: look at what is stored. */
    missed?: () => void
  }): () => void
}

/** Which state. */
export interface StateKey<TName extends string> {
  name: TName
  /** What the definition says; may be left out. */
  type?: 'integration' | 'conversation' | 'user' | 'bot' | 'workflow'
  /** The id of the conversation, user or workflow that it belongs to; left out for a state of the integration or bot. */
  id?: string
}

type MessageType<T extends IntegrationTypes> = {
  [C in keyof T['channels']]: keyof T['channels'][C]['messages']
}[keyof T['channels']] &
  string
type NewMessage<T extends IntegrationTypes, M extends string> = {
  conversationId: string
  userId: string
  type: M
  payload: PayloadOf<T, M>
  tags?: TagsFor<{ [C in keyof T['channels']]: T['channels'][C]['messageTags'] }[keyof T['channels']]>
}
type PayloadOf<T extends IntegrationTypes, M extends string> = {
  [C in keyof T['channels']]: T['channels'][C]['messages'] extends { [K in M]: { input: infer TInput } }
    ? TInput
    : never
}[keyof T['channels']]
