import { randomUUID } from 'node:crypto'
import type { Conversation, Event, Message, Page, StoredTags, User } from '../../implementation/records.ts'
import type { Clock } from '../ports/clock.ts'
import type {
  ConversationRequest,
  DeadLetter,
  Delivery,
  Effects,
  InboxItem,
  OutboxItem,
  StateAddress,
  StateWrite,
  Store,
  TagChanges,
  TagWrite,
  UserRequest,
} from '../ports/store.ts'

/** The lane of what goes out to a conversation. */
const outgoing = (conversationId: string): string => `out ${conversationId}`

/** Keeps everything in the memory of the process: for tests, and for bots that may forget. */
export class MemoryStore implements Store {
  readonly #clock: Clock
  readonly #users = new Map<string, { user: User; owner: string }>()
  readonly #conversations = new Map<string, Conversation>()
  readonly #messages = new Map<string, Message>()
  readonly #unsent = new Set<string>()
  readonly #history = new Map<string, string[]>()
  readonly #states = new Map<string, { payload: unknown; expiresAt: number | undefined }>()
  readonly #deliveries = new Set<string>()
  readonly #inbox = new Map<string, InboxItem[]>()
  readonly #outbox = new Map<string, OutboxItem[]>()
  readonly #sequences = new Map<string, number>()
  readonly #deadLetters: DeadLetter[] = []

  constructor(clock: Clock) {
    this.#clock = clock
  }

  async getOrCreateUser({ owner, identity, tags, name, pictureUrl }: UserRequest): Promise<User> {
    for (const entry of this.#users.values())
      if (entry.owner === owner && isIdentifiedBy(entry.user.tags, identity)) return entry.user
    const now = this.#time()
    const user: User = Object.freeze({
      id: randomUUID(),
      tags: Object.freeze({ ...tags }),
      ...(name !== undefined && { name }),
      ...(pictureUrl !== undefined && { pictureUrl }),
      createdAt: now,
      updatedAt: now,
    })
    this.#users.set(user.id, { user, owner })
    return user
  }

  async getUser(id: string): Promise<User | undefined> {
    return this.#users.get(id)?.user
  }

  async getOrCreateConversation({ integration, channel, identity, tags }: ConversationRequest): Promise<Conversation> {
    for (const conversation of this.#conversations.values()) {
      if (
        conversation.integration === integration &&
        conversation.channel === channel &&
        isIdentifiedBy(conversation.tags, identity)
      )
        return conversation
    }
    const now = this.#time()
    const conversation: Conversation = Object.freeze({
      id: randomUUID(),
      integration,
      channel,
      tags: Object.freeze({ ...tags }),
      createdAt: now,
      updatedAt: now,
    })
    this.#conversations.set(conversation.id, conversation)
    return conversation
  }

  async getConversation(id: string): Promise<Conversation | undefined> {
    return this.#conversations.get(id)
  }

  async listConversations({
    integration,
    channel,
    tags = {},
    cursor,
    limit,
  }: Parameters<Store['listConversations']>[0]): Promise<Page<Conversation>> {
    const all = [...this.#conversations.values()].filter(
      (conversation) =>
        conversation.integration === integration &&
        (channel === undefined || conversation.channel === channel) &&
        hasTags(conversation.tags, tags),
    )
    return pageOf(all, cursor, limit)
  }

  async getMessage(id: string): Promise<Message | undefined> {
    return this.#messages.get(id)
  }

  async listMessages({
    conversationId,
    unsent,
    cursor,
    limit,
  }: Parameters<Store['listMessages']>[0]): Promise<Page<Message>> {
    const messages = (this.#history.get(conversationId) ?? []).flatMap((id) =>
      this.#unsent.has(id) && !unsent ? [] : (this.#messages.get(id) ?? []),
    )
    return pageOf(messages, cursor, limit)
  }

  async getState(address: StateAddress): Promise<{ payload: unknown; expiresAt: number | undefined } | undefined> {
    const key = keyOf(address)
    const state = this.#states.get(key)
    if (state?.expiresAt === undefined || state.expiresAt > this.#clock.now()) return state
    this.#states.delete(key)
    return undefined
  }

  async changeTags(write: TagWrite): Promise<void> {
    this.#changeTags(write)
  }

  async hasDelivery(key: string): Promise<boolean> {
    return this.#deliveries.has(key)
  }

  async receive({ key, origin, messages, events, states }: Delivery): Promise<readonly string[] | undefined> {
    if (key !== undefined) {
      if (this.#deliveries.has(key)) return undefined
      this.#deliveries.add(key)
    }
    for (const message of messages) this.#addMessage(message)
    this.#setStates(states)
    return this.#addInbox(origin, messages, events)
  }

  async waitingLanes(): Promise<readonly string[]> {
    return [...this.#inbox.keys(), ...this.#outbox.keys()]
  }

  async nextInbox(lane: string): Promise<InboxItem | undefined> {
    return this.#inbox.get(lane)?.[0]
  }

  async finishHandler(item: InboxItem, origin: string, handler: string, effects: Effects): Promise<readonly string[]> {
    const waiting = this.#inbox.get(item.lane)
    if (waiting?.[0]?.id === item.id) waiting[0] = { ...waiting[0], finished: [...waiting[0].finished, handler] }
    return this.apply(origin, effects)
  }

  async apply(origin: string, { messages, events, states, tags }: Effects): Promise<readonly string[]> {
    this.#setStates(states)
    for (const write of tags) this.#changeTags(write)
    const lanes = new Set<string>()
    for (const message of messages) {
      const lane = outgoing(message.conversationId)
      this.#outbox.set(lane, [...(this.#outbox.get(lane) ?? []), { id: message.id, lane, message }])
      this.#addMessage(message)
      this.#unsent.add(message.id)
      lanes.add(lane)
    }
    return [...lanes, ...this.#addInbox(origin, [], events)]
  }

  async finishInbox(item: InboxItem): Promise<void> {
    const waiting = this.#inbox.get(item.lane)
    if (waiting?.[0]?.id === item.id) waiting.shift()
    if (waiting?.length === 0) this.#inbox.delete(item.lane)
  }

  async nextOutbox(lane: string): Promise<OutboxItem | undefined> {
    return this.#outbox.get(lane)?.[0]
  }

  async finishOutbox(item: OutboxItem, message: Message | undefined): Promise<void> {
    const waiting = this.#outbox.get(item.lane)
    if (waiting?.[0]?.id === item.id) waiting.shift()
    if (waiting?.length === 0) this.#outbox.delete(item.lane)
    this.#unsent.delete(item.id)
    if (message) this.#addMessage(message)
    else this.#removeMessage(item.message)
  }

  async bury(letter: DeadLetter): Promise<void> {
    this.#deadLetters.push(letter)
  }

  async listDeadLetters(): Promise<readonly DeadLetter[]> {
    return [...this.#deadLetters]
  }

  async [Symbol.asyncDispose](): Promise<void> {}

  #time(): string {
    return new Date(this.#clock.now()).toISOString()
  }

  #addMessage(message: Message): void {
    if (!this.#messages.has(message.id))
      this.#history.set(message.conversationId, [...(this.#history.get(message.conversationId) ?? []), message.id])
    this.#messages.set(message.id, message)
  }

  #removeMessage({ id, conversationId }: Message): void {
    this.#messages.delete(id)
    this.#history.set(
      conversationId,
      (this.#history.get(conversationId) ?? []).filter((other) => other !== id),
    )
  }

  #addInbox(origin: string, messages: readonly Message[], events: readonly Event[]): string[] {
    const lanes = new Set<string>()
    const add = (id: string, conversationId: string | undefined, record: InboxItem['record']): void => {
      const lane = `in ${conversationId ?? id}`
      const sequence = (this.#sequences.get(lane) ?? 0) + 1
      if (conversationId !== undefined) this.#sequences.set(lane, sequence)
      const waiting = this.#inbox.get(lane) ?? []
      waiting.push({ id, lane, sequence, origin, record, finished: [] })
      this.#inbox.set(lane, waiting)
      lanes.add(lane)
    }
    for (const message of messages) add(message.id, message.conversationId, { kind: 'message', message })
    for (const event of events) add(event.id, event.conversationId, { kind: 'event', event })
    return [...lanes]
  }

  #setStates(states: readonly StateWrite[]): void {
    for (const { payload, expiresAt, ...address } of states) this.#states.set(keyOf(address), { payload, expiresAt })
  }

  #changeTags({ kind, id, tags, name, pictureUrl }: TagWrite): void {
    const updatedAt = this.#time()
    if (kind === 'user') {
      const entry = this.#users.get(id)
      if (entry)
        entry.user = Object.freeze({
          ...entry.user,
          ...(name !== undefined && { name }),
          ...(pictureUrl !== undefined && { pictureUrl }),
          tags: changed(entry.user.tags, tags),
          updatedAt,
        })
    } else if (kind === 'conversation') {
      const conversation = this.#conversations.get(id)
      if (conversation)
        this.#conversations.set(
          id,
          Object.freeze({ ...conversation, tags: changed(conversation.tags, tags), updatedAt }),
        )
    } else {
      const message = this.#messages.get(id)
      if (message) this.#messages.set(id, Object.freeze({ ...message, tags: changed(message.tags, tags) }))
    }
  }
}

const keyOf = ({ owner, type, name, id }: StateAddress): string => JSON.stringify([owner, type, name, id])
const hasTags = (tags: StoredTags, wanted: StoredTags): boolean =>
  Object.entries(wanted).every(([name, value]) => tags[name] === value)
// Nothing identifies only what has no tags either.
const isIdentifiedBy = (tags: StoredTags, identity: StoredTags): boolean =>
  Object.keys(identity).length === 0 ? Object.keys(tags).length === 0 : hasTags(tags, identity)
const changed = (tags: StoredTags, changes: TagChanges): StoredTags =>
  Object.freeze(
    Object.fromEntries(Object.entries({ ...tags, ...changes }).filter(([, value]) => value !== undefined)),
  ) as StoredTags

/** The items after a cursor, which is how many were given before. */
function pageOf<T>(items: readonly T[], cursor: string | undefined, limit: number): Page<T> {
  const from = Number(cursor ?? 0)
  const to = from + limit
  return { items: items.slice(from, to), ...(to < items.length && { nextCursor: String(to) }) }
}
