/** What the chat tells of a message. */
export interface ChatMessage {
  readonly id: string
  readonly conversationId: string
  readonly from: 'visitor' | 'bot'
  /** Such as `text`, `image` or `choice`; its payload has the fields of the default messages of Plugboard. */
  readonly type: string
  /** Empty for a message that was deleted. Addresses of files of the chat are relative: give them to `file()`. */
  readonly payload: unknown
  /** ISO 8601, in UTC. */
  readonly createdAt: string
  /** What the visitor's program called it when it sent it. */
  readonly clientMessageId?: string
  readonly edited?: boolean
  readonly deleted?: boolean
  /** Whether the other side has read it, and those before it. */
  readonly read?: boolean
  readonly reactions?: readonly { readonly from: 'visitor' | 'bot'; readonly reaction: string }[]
}

/** A conversation of the visitor. */
export interface ChatConversation {
  readonly id: string
  /** How it began; undefined as long as nothing was said. */
  readonly title?: string
  /** Whether the bot has written something in it that the visitor has not read. */
  readonly unread: boolean
  /** ISO 8601, in UTC. */
  readonly createdAt: string
}

/** Part of a conversation, the oldest message first. */
export interface ChatHistory {
  /** Null as long as nothing was said. */
  readonly conversationId: string | null
  readonly messages: readonly ChatMessage[]
  /** Whether there are messages before these. */
  readonly hasEarlier: boolean
}

/** What is heard. */
export interface ChatEvents {
  /** A conversation was opened: the first time, by `open()`, or as another visitor. What was shown before is to go. */
  opened: ChatHistory
  /** A message of the open conversation: each once. */
  message: ChatMessage
  /** A message that is being made: what it is until now. */
  draft: ChatMessage
  /** A draft of which nothing comes: its id. */
  discard: string
  /** A message that was edited, deleted, read or reacted to, as it is now. */
  change: ChatMessage
  /** Whether the bot is writing. */
  typing: boolean
  /** Something was said in another conversation: its id. */
  conversation: string
  /** Whether the chat is reached. */
  state: ChatState
  /** What went wrong while it was not; it is tried again. */
  problem: ChatError
}

export type ChatState = 'connecting' | 'connected' | 'offline'

/** Keeps what tells who the visitor is. */
export interface ChatStorage {
  get(): string | null | Promise<string | null>
  set(value: string | null): void | Promise<void>
}

export interface ChatOptions {
  /** The address of the chat, such as `https://bot.example.com/webchat/`. */
  url: string
  /** Which conversation is opened. Default: the latest; where there is none, the first message begins one. */
  conversationId?: string | undefined
  /** Gives what proves who the visitor is, where the site knows; asked whenever a session begins. Default: nobody knows. */
  identity?: (() => string | null | undefined | Promise<string | null | undefined>) | undefined
  /** Default: the browser's `localStorage`; where there is none, memory. */
  storage?: ChatStorage | undefined
  /** Default: the global one. */
  fetch?: typeof fetch | undefined
}

/** What the chat refuses, or that it is not reached. */
export interface ChatError extends Error {
  /** Such as `request_invalid`; `unreachable` where there was no answer. */
  readonly code: string
  /** That of the answer; 0 where there was none. */
  readonly status: number
}

/** A visitor's side of a chat. */
export interface Chat {
  /** The open conversation; undefined until something was said in it. */
  readonly conversationId: string | undefined
  readonly state: ChatState
  /** Hears what happens. Gives the function that ends it. */
  on<K extends keyof ChatEvents>(name: K, listener: (value: ChatEvents[K]) => void): () => void
  /**
   * Says something. Under the same `clientMessageId` it is taken once, however often it is sent.
   * @throws {ChatError}
   */
  send(text: string, options?: { clientMessageId?: string }): Promise<void>
  /**
   * Sends a file.
   * @throws {ChatError} with the code `file_type_refused` or `body_too_large`, among others.
   */
  sendFile(file: Blob, options: { name: string; clientMessageId?: string }): Promise<void>
  /** The bytes of a file of the chat, by the address in a message. */
  file(address: string): Promise<Blob>
  /** Messages of the open conversation: the latest ones, or those before one. */
  history(options?: { before?: string; limit?: number }): Promise<ChatHistory>
  /** The visitor's conversations, the latest first. */
  conversations(): Promise<readonly ChatConversation[]>
  /** Begins a conversation, and opens it. */
  begin(): Promise<void>
  /** Opens another conversation; `opened` tells what is in it. */
  open(conversationId: string): void
  /** Tells the bot that the visitor is writing, or has stopped. Cheap to call with every key. */
  typing(isTyping: boolean): void
  /** Tells the bot that a message of it, and those before it, were delivered or read. */
  receipt(messageId: string, what: 'delivered' | 'read'): void
  edit(messageId: string, text: string): Promise<void>
  remove(messageId: string): Promise<void>
  react(messageId: string, reaction: string, given?: boolean): Promise<void>
  /** Forgets who the visitor is, and begins as somebody new. */
  signOut(): Promise<void>
  /** Tries again now, where the chat is not reached. */
  retry(): void
  /** Ends the connection. */
  close(): void
}
