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
  /** Milliseconds since 1970; undefined for never. */
  readonly expiresAt: number | undefined
}

/** What came in and waits for its handlers. */
export interface InboxItem {
  readonly id: string
  /** The conversation, or the item's own id. */
  readonly lane: string
  /** The place in the lane, from 1. */
  readonly sequence: number
  /** The alias of the installation or consumer that it comes from. */
  readonly origin: string
  readonly record:
    | { readonly kind: 'message'; readonly message: Message }
    | { readonly kind: 'event'; readonly event: Event }
  /** The handlers that are finished. */
  readonly finished: readonly string[]
}

/** A message that waits to be sent. */
export interface OutboxItem {
  readonly id: string
  readonly lane: string
  readonly message: Message
}

/** What comes in at once. All of it is stored, or nothing. */
export interface Delivery {
  /** Tells it from other deliveries; one that was stored before is dropped. Undefined: always stored. */
  readonly key: string | undefined
  readonly origin: string
  readonly messages: readonly Message[]
  readonly events: readonly Event[]
  readonly states: readonly StateWrite[]
}

/** What a handler did. All of it is stored, or nothing. */
export interface Effects {
  /** Messages to be sent. */
  readonly messages: readonly Message[]
  readonly events: readonly Event[]
  readonly states: readonly StateWrite[]
  readonly tags: readonly TagWrite[]
}
export interface TagWrite {
  readonly kind: 'user' | 'conversation' | 'message'
  readonly id: string
  readonly tags: TagChanges
  readonly name?: string | undefined
  readonly pictureUrl?: string | undefined
}

/** A handler that failed for good. */
export interface DeadLetter {
  readonly id: string
  readonly lane: string
  readonly handler: string
  readonly item: InboxItem | OutboxItem
  readonly code: string
  readonly message: string
  readonly at: string
}

/** Where everything is kept. Every method is one unit: done whole, or not at all. */
export interface Store extends AsyncDisposable {
  getOrCreateUser(request: UserRequest): Promise<User>
  getUser(id: string): Promise<User | undefined>
  getOrCreateConversation(request: ConversationRequest): Promise<Conversation>
  getConversation(id: string): Promise<Conversation | undefined>
  listConversations(filter: {
    integration: string
    channel?: string | undefined
    tags?: StoredTags | undefined
    cursor?: string | undefined
    limit: number
  }): Promise<Page<Conversation>>
  getMessage(id: string): Promise<Message | undefined>
  /** The messages of a conversation, the oldest first; with `unsent` also those that wait to be sent. */
  listMessages(filter: {
    conversationId: string
    unsent: boolean
    cursor?: string | undefined
    limit: number
  }): Promise<Page<Message>>
  getState(address: StateAddress): Promise<{ payload: unknown; expiresAt: number | undefined } | undefined>
  /** Changes tags at once, outside any delivery or handler. */
  changeTags(write: TagWrite): Promise<void>
  /** Whether a delivery of this key was stored. */
  hasDelivery(key: string): Promise<boolean>

  /** Stores what came in. Gives the lanes in which something waits now; undefined if the delivery was stored before. */
  receive(delivery: Delivery): Promise<readonly string[] | undefined>
  /** The lanes in which something waits. */
  waitingLanes(): Promise<readonly string[]>
  /** The item of a lane that comes first. */
  nextInbox(lane: string): Promise<InboxItem | undefined>
  /** Notes that a handler is finished, with its effects. Gives the lanes in which something waits now. */
  finishHandler(item: InboxItem, origin: string, handler: string, effects: Effects): Promise<readonly string[]>
  /** Stores what was done outside of a handler, such as by a hook. Gives the lanes in which something waits now. */
  apply(origin: string, effects: Effects): Promise<readonly string[]>
  /** Notes that all handlers of an item are finished. */
  finishInbox(item: InboxItem): Promise<void>
  /** The message to be sent that comes first in a lane. */
  nextOutbox(lane: string): Promise<OutboxItem | undefined>
  /** Notes that a message was sent, or stopped. `message` is what was sent; undefined for one that was stopped. */
  finishOutbox(item: OutboxItem, message: Message | undefined): Promise<void>
  /** Puts aside what failed for good. */
  bury(letter: DeadLetter): Promise<void>
  listDeadLetters(): Promise<readonly DeadLetter[]>
}
