import type { Conversation, Event, Message, Page, StoredTags, User } from '../../implementation/records.ts'

/** Tags to be changed: undefined removes one. */
export type TagChanges = Readonly<Record<string, string | undefined>>

/** A user to be found or made. `tags` holds what a new one gets, `identity` what it is found by. */
export interface UserRequest {
  /** The alias of the installation that it belongs to. */
  readonly owner: string
  readonly identity: StoredTags
  readonly tags: StoredTags
  readonly name?: string
  readonly pictureUrl?: string
}

/** A conversation to be found or made. */
export interface ConversationRequest {
  readonly integration: string
  readonly channel: string
  readonly identity: StoredTags
  readonly tags: StoredTags
}

/** A value that is kept for something. */
export interface StateAddress {
  /** The alias of the installation or plugin, or `bot`. */
  readonly owner: string
  readonly name: string
  readonly type: string
  /** The conversation, user or workflow; empty for a state of the integration or bot. */
  readonly id: string
}
export interface StateWrite extends StateAddress {
  readonly payload: unknown
  /** The fields that are written, over what is there by then, if anything is. Default: all. */
  readonly fields?: readonly string[] | undefined
  /** For how many milliseconds it is kept from now on; undefined for ever. */
  readonly expiry: number | undefined
  /** Whether its owner has handlers for its expiry. Default: false. */
  readonly heard?: boolean
}

/** A change of what is known of a user, a conversation or a message. */
export interface TagWrite {
  readonly kind: 'user' | 'conversation' | 'message'
  readonly id: string
  readonly tags: TagChanges
  readonly name?: string | undefined
  readonly pictureUrl?: string | undefined
}

/** Users, conversations, messages, events and states. */
export interface RecordStore {
  /** The user that `getOrCreateUser` would find. */
  findUser(request: UserRequest): Promise<User | undefined>
  getOrCreateUser(request: UserRequest): Promise<User>
  /** @param owners To whom it must belong; left out for anyone. */
  getUser(id: string, owners?: readonly string[]): Promise<User | undefined>
  /** Users, the oldest first; the bot itself is none of them unless its owner is asked for. */
  listUsers(filter: {
    owner?: string | undefined
    tags?: StoredTags | undefined
    cursor?: string | undefined
    limit: number
  }): Promise<Page<User>>
  /** The conversation that `getOrCreateConversation` would find. */
  findConversation(request: ConversationRequest): Promise<Conversation | undefined>
  getOrCreateConversation(request: ConversationRequest): Promise<Conversation>
  getConversation(id: string): Promise<Conversation | undefined>
  listConversations(filter: {
    integration?: string | undefined
    channel?: string | undefined
    tags?: StoredTags | undefined
    cursor?: string | undefined
    limit: number
    /** Default: false, the oldest first. */
    newestFirst?: boolean
  }): Promise<Page<Conversation>>
  getMessage(id: string): Promise<Message | undefined>
  /** The messages of a conversation, the oldest first; with `unsent` also those that wait to be sent. */
  listMessages(filter: {
    conversationId: string
    unsent: boolean
    tags?: StoredTags | undefined
    cursor?: string | undefined
    limit: number
    /** Default: false. */
    newestFirst?: boolean
  }): Promise<Page<Message>>
  /** Events, the oldest first. */
  listEvents(filter: {
    conversationId?: string | undefined
    /** In full: with the alias of where it comes from. */
    type?: string | undefined
    cursor?: string | undefined
    limit: number
  }): Promise<Page<Event>>
  getState(address: StateAddress): Promise<{ payload: unknown; expiresAt: number | undefined } | undefined>
  /** Changes tags at once, outside any delivery or handler. */
  changeTags(write: TagWrite): Promise<void>
}
