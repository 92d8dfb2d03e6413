import type { Conversation, Message, Page, User } from '../../implementation/records.ts'
import { find, limitFrom } from '../clients/found.ts'
import type { Store } from '../ports/store.ts'

/** A page of a list. */
export interface PageRequest {
  /** The `nextCursor` of the page before. Default: the first page. */
  readonly cursor?: string | undefined
  /** How many, at most 100. Default: 100. */
  readonly limit?: number | undefined
}

/** Which conversations. */
export interface ConversationFilter extends PageRequest {
  /** Those of this installation. Default: of all. */
  readonly integration?: string | undefined
  /** Those of the channels of this name. Default: of all. */
  readonly channel?: string | undefined
}

/** What was said, for whoever operates the bot: whatever it belongs to. */
export class History {
  readonly #store: Store

  constructor(store: Store) {
    this.#store = store
  }

  /** Conversations, those that began last first. */
  async conversations({ integration, channel, cursor, limit }: ConversationFilter = {}): Promise<Page<Conversation>> {
    return this.#store.listConversations({ integration, channel, cursor, limit: limitFrom(limit), newestFirst: true })
  }

  /** @throws {PlugboardError} with the code `conversation_unknown`. */
  async conversation(id: string): Promise<Conversation> {
    return find((given) => this.#store.getConversation(given), 'conversation', id, {})
  }

  /**
   * The messages of a conversation, also those that wait to be sent; the last ones first.
   * @throws {PlugboardError} with the code `conversation_unknown`.
   */
  async messages(id: string, { cursor, limit }: PageRequest = {}): Promise<Page<Message>> {
    await this.conversation(id)
    return this.#store.listMessages({
      conversationId: id,
      unsent: true,
      cursor,
      limit: limitFrom(limit),
      newestFirst: true,
    })
  }

  /** @throws {PlugboardError} with the code `user_unknown`. */
  async user(id: string): Promise<User> {
    return find((given) => this.#store.getUser(given), 'user', id, {})
  }
}
