import type { Conversation, Event, Message, Page, User } from '../../implementation/records.ts'
import type { Claim } from './claim.ts'
import type { FileWrite } from './file-store.ts'
import type { InboxRecord } from './inbox-record.ts'
import type { Limit } from './limit-store.ts'
import type { StateWrite, TagWrite } from './record-store.ts'
import type { RowWrite } from './row-store.ts'
import type { WorkflowWrite } from './workflow-store.ts'

/** What came in and waits for its handlers. */
export interface InboxItem {
  readonly id: string
  /** That of the conversation, or one of its own. */
  readonly lane: string
  /** The place in the conversation, from 1: what came in, and what went out. */
  readonly sequence: number
  /** The alias of the installation or consumer that it comes from. */
  readonly origin: string
  readonly record: InboxRecord
  /** The one handler that is to run, where a dead letter is tried again. */
  readonly only?: string
  /** The handlers and hooks that are finished. */
  readonly finished: readonly string[]
  /** How often the handler whose turn it is has failed. */
  readonly attempts: number
  /** When it may be tried again, in milliseconds since 1970. */
  readonly notBefore: number
  /** The W3C `traceparent` of what it goes on from, where that was traced. */
  readonly trace?: string
}

/** A message that waits to be sent. */
export interface OutboxItem {
  readonly id: string
  readonly lane: string
  readonly message: Message
  /** The hooks that are finished. */
  readonly finished: readonly string[]
  /** How often it could not be sent. */
  readonly attempts: number
  /** When it may be tried again, in milliseconds since 1970. */
  readonly notBefore: number
  /** `promised` while it waits for a place, `sending` once a send has begun whose outcome is not known, `sent` until its hooks have run. */
  readonly state: 'waiting' | 'promised' | 'sending' | 'sent'
  /** The W3C `traceparent` of what it goes on from, where that was traced. */
  readonly trace?: string
}

/** What comes in at once. All of it is stored, or nothing. */
export interface Delivery {
  /** Tells it from other deliveries; one that was stored before is dropped. Undefined: always stored. */
  readonly key: string | undefined
  readonly origin: string
  readonly messages: readonly Message[]
  readonly events: readonly Event[]
  readonly states: readonly StateWrite[]
  readonly files?: readonly FileWrite[]
  /** The W3C `traceparent` that what waits goes on from. */
  readonly trace?: string | undefined
}

/** What a handler did. All of it is stored, or nothing. */
export interface Effects {
  /** Messages to be sent. */
  readonly messages: readonly Message[]
  readonly events: readonly Event[]
  readonly states: readonly StateWrite[]
  readonly tags: readonly TagWrite[]
  /** In the order in which they were made. */
  readonly rows?: readonly RowWrite[]
  readonly files?: readonly FileWrite[]
  readonly workflows?: readonly WorkflowWrite[]
  /** The W3C `traceparent` that what waits goes on from. */
  readonly trace?: string | undefined
}
/** Why something failed for good. Secrets are masked in it. */
export interface Failure {
  readonly code: string
  readonly message: string
}

/** What failed for good. */
export interface DeadLetter extends Failure {
  readonly id: string
  readonly lane: string
  /** The handler that failed; `hooks` or `channel`. */
  readonly handler: string
  readonly item: InboxItem | OutboxItem
  /** ISO 8601, in UTC. */
  readonly at: string
}

/** What comes first in a lane. */
export interface Waiting {
  readonly item: InboxItem | OutboxItem
  /** The conversation and the user of a message, as they are now; undefined for anything else. */
  readonly conversation: Conversation | undefined
  readonly user: User | undefined
}

/** A lane that was taken. */
export interface Taken {
  readonly claim: Claim
  /** What comes first in it, whether it is due or not. */
  readonly next: Waiting | undefined
}

/** How it goes on in a lane when an item is done with. */
export interface Onward {
  /** What comes next, whether it is due or not. */
  readonly next: Waiting | undefined
  /** Whether the lane was given free, as nothing waited in it. What has come since is `next`, and whoever takes the lane does it. */
  readonly free: boolean
}

/** How much waits in a store. */
export interface Backlog {
  /** What came in and waits for its handlers. `oldest` is for how many milliseconds what came first has been waiting. */
  readonly inbox: { readonly waiting: number; readonly oldest: number }
  /** What waits to be sent. */
  readonly outbox: { readonly waiting: number; readonly oldest: number }
  readonly deadLetters: number
}

/** The lanes: what waits, in order, and who works on it. */
export interface LaneStore {
  /** Whether a delivery of this key was stored. */
  hasDelivery(key: string): Promise<boolean>
  /** Stores what came in. Gives the lanes in which something waits now; undefined if the delivery was stored before. */
  receive(delivery: Delivery): Promise<readonly string[] | undefined>
  /** Stores what was done outside of a handler. Gives the lanes in which something waits now. */
  apply(origin: string, effects: Effects): Promise<readonly string[]>

  /** Says that a worker lives, and is to be taken for dead after so many milliseconds without another word. */
  beat(worker: string, lease: number): Promise<void>
  /** Says that a worker has ended. */
  leave(worker: string): Promise<void>
  /** The lanes in which something waits that is due, and which no living worker has. */
  waitingLanes(): Promise<readonly string[]>
  /** Takes a lane; undefined if a living worker has it. */
  claim(lane: string, worker: string): Promise<Claim | undefined>
  /** Takes a lane, with what comes first in it; undefined if a living worker has it. */
  take(lane: string, worker: string): Promise<Taken | undefined>
  /** Whether a claim holds still. */
  holds(claim: Claim): Promise<boolean>
  /** Gives a lane free. Tells whether something waits in it. */
  release(claim: Claim): Promise<boolean>

  /** The item of a lane that comes first, whether it is due or not. */
  nextInbox(lane: string): Promise<InboxItem | undefined>
  /** Notes that a handler or hook is finished, with its effects. Gives the lanes in which something waits now. */
  finishHandler(
    claim: Claim,
    item: InboxItem,
    handler: string,
    origin: string,
    effects: Effects,
  ): Promise<readonly string[]>
  /**
   * Notes that the last handler of an item is finished, with its effects, and with it the item. Gives the lanes in which
   * something waits now, and how it goes on in this one.
   */
  finishLastHandler(
    claim: Claim,
    item: InboxItem,
    origin: string,
    effects: Effects,
  ): Promise<Onward & { readonly woken: readonly string[] }>
  /** Notes that a handler failed, and when it is to be tried again. */
  retryHandler(claim: Claim, item: InboxItem, attempts: number, notBefore: number): Promise<void>
  /**
   * Notes that a handler failed for good: it is finished, and put aside; with the effects of what was done about that. Gives the
   * lanes in which something waits now.
   */
  abandonHandler(
    claim: Claim,
    item: InboxItem,
    handler: string,
    failure: Failure,
    effects?: Effects,
  ): Promise<readonly string[]>
  /** Notes that all handlers of an item are finished. Gives how it goes on in the lane. */
  finishInbox(claim: Claim, item: InboxItem): Promise<Onward>
  /** The result of a step of a handler that was done before. */
  getStep(item: string, handler: string, name: string): Promise<{ result: unknown } | undefined>
  /** Keeps the result of a step until its handler is finished. */
  saveStep(claim: Claim, item: string, handler: string, name: string, result: unknown): Promise<void>

  /** The message to be sent that comes first in a lane, whether it is due or not. */
  nextOutbox(lane: string): Promise<OutboxItem | undefined>
  /** Notes that a hook of a message to be sent is finished, with its effects. Gives the lanes in which something waits now. */
  finishOutgoingHook(
    claim: Claim,
    item: OutboxItem,
    hook: string,
    origin: string,
    effects: Effects,
  ): Promise<readonly string[]>
  /**
   * Takes a place to send a message, or looks whether there is one. Gives 0, or after how many milliseconds it may be tried
   * again, which is noted.
   */
  takeOutboxPlace(claim: Claim, item: OutboxItem, limits: readonly Limit[], as: 'take' | 'look'): Promise<number>
  /** Notes that a message is not to be sent before then. */
  delayOutbox(claim: Claim, item: OutboxItem, notBefore: number): Promise<void>
  /** Notes that a send begins. */
  beginOutbox(claim: Claim, item: OutboxItem): Promise<void>
  /** Notes that a message was sent whose hooks are still to run. `message` is what was sent. */
  sendOutbox(claim: Claim, item: OutboxItem, message: Message): Promise<void>
  /** Notes that a send failed, with the tags that its channel had acknowledged until then, and when it is to be tried again. */
  retryOutbox(claim: Claim, item: OutboxItem, attempts: number, notBefore: number): Promise<void>
  /**
   * Notes that a message was sent, or stopped. Gives how it goes on in the lane. `message` is what was sent; undefined for
   * one that was stopped.
   */
  finishOutbox(claim: Claim, item: OutboxItem, message: Message | undefined): Promise<Onward>
  /** Notes that a message cannot be sent: it is put aside. Gives how it goes on in the lane. */
  abandonOutbox(claim: Claim, item: OutboxItem, handler: string, failure: Failure): Promise<Onward>

  /** How much waits. */
  backlog(): Promise<Backlog>
  listDeadLetters(filter: { cursor?: string | undefined; limit: number }): Promise<Page<DeadLetter>>
  /**
   * Puts what failed back into its lane, behind what waits there. Gives the lanes in which something waits now.
   * @throws {PlugboardError} with the code `dead_letter_unknown`.
   */
  retryDeadLetter(id: string): Promise<readonly string[]>
}
