import type {
  Chat,
  ChatConversation,
  ChatError,
  ChatEvents,
  ChatHistory,
  ChatMessage,
  ChatOptions,
  ChatState,
} from './chat.ts'
import { framesOf } from './frames.ts'
import { failure, transportTo } from './transport.ts'

export type * from './chat.ts'

/**
 * Connects to a chat: opens a conversation, follows it, and comes back by itself whenever the connection breaks; no message is
 * lost and none comes twice. Runs in browsers and in Node.
 */
export function connect(options: ChatOptions): Chat {
  /** Milliseconds: without a sign of life the connection is given up; a pause between two tries; one between two notes that somebody writes, and the silence after which they have stopped. */
  const times = { silence: 40000, firstPause: 500, longestPause: 15000, typing: 4000, typingEnd: 6000 }
  const listeners = new Map<string, Set<(value: never) => void>>()
  const closing = new AbortController()
  let conversationId = options.conversationId
  let state: ChatState = 'connecting'
  /** Where the events go on; undefined before the history is there. */
  let position: string | undefined
  let current = new AbortController()
  let failures = 0
  let wakeUp = (): void => {}
  let botTyping: ReturnType<typeof setTimeout> | undefined
  let typingTold: Promise<unknown> = Promise.resolve()
  let ownTyping = { told: 0, end: undefined as ReturnType<typeof setTimeout> | undefined }

  function emit<K extends keyof ChatEvents>(name: K, value: ChatEvents[K]): void {
    for (const listener of listeners.get(name) ?? []) (listener as (value: ChatEvents[K]) => void)(value)
  }

  const { base, restore, ask, tell, end } = transportTo(options, {
    ended() {
      position = undefined
      conversationId = undefined
    },
    again() {
      current.abort()
      wakeUp()
    },
  })

  const newId = (): string =>
    Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
  const place = (): { conversationId?: string } => (conversationId === undefined ? {} : { conversationId })
  const query = (fields: Record<string, string | number | undefined>): string => {
    const given = Object.entries(fields).filter(([, value]) => value !== undefined)
    return given.length === 0
      ? ''
      : `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString()}`
  }

  const messagePath =
    (id: string, rest = ''): (() => string) =>
    () =>
      `messages/${encodeURIComponent(id)}${rest}`

  /** What was said where nothing was open has begun a conversation. */
  async function noteBegun(response: Response): Promise<void> {
    const said = (await response.json().catch(() => undefined)) as { conversationId?: string } | undefined
    conversationId ??= said?.conversationId
  }

  // ---- What comes --------------------------------------------------------------------------------------------------

  async function readHistory(
    signal: AbortSignal | undefined,
    fields: { before?: string; limit?: number } = {},
  ): Promise<ChatHistory & { position: string }> {
    const response = await ask(`history${query({ ...fields, conversation: conversationId })}`, signal ? { signal } : {})
    return (await response.json()) as ChatHistory & { position: string }
  }

  async function listConversations(signal?: AbortSignal): Promise<readonly ChatConversation[]> {
    const response = await ask('conversations', signal ? { signal } : {})
    return ((await response.json()) as { conversations: ChatConversation[] }).conversations
  }

  function setState(next: ChatState): void {
    if (state === next) return
    state = next
    emit('state', next)
  }

  function setBotTyping(milliseconds: number): void {
    const before = botTyping !== undefined
    clearTimeout(botTyping)
    botTyping = milliseconds > 0 ? setTimeout(() => setBotTyping(0), milliseconds) : undefined
    if (before !== milliseconds > 0) emit('typing', milliseconds > 0)
  }

  const takers: Record<string, (data: never) => void> = {
    message: (message: ChatMessage) => {
      conversationId ??= message.conversationId
      if (message.from === 'bot') setBotTyping(0)
      emit('message', message)
    },
    draft: (message: ChatMessage) => {
      setBotTyping(0)
      emit('draft', message)
    },
    discard: ({ id }: { id: string }) => emit('discard', id),
    change: (message: ChatMessage) => emit('change', message),
    typing: ({ timeout }: { timeout: number }) => setBotTyping(timeout),
    conversation: ({ conversationId: id }: { conversationId: string }) => emit('conversation', id),
  }

  async function follow(signal: AbortSignal): Promise<void> {
    const silence = new AbortController()
    const quiet = (): void => silence.abort()
    let timer = setTimeout(quiet, times.silence)
    try {
      const response = await ask(`events${query({ conversation: conversationId })}`, {
        headers: { accept: 'text/event-stream', 'last-event-id': position ?? '.' },
        signal: AbortSignal.any([signal, silence.signal]),
      })
      setState('connected')
      failures = 0
      const heard = (): void => {
        clearTimeout(timer)
        timer = setTimeout(quiet, times.silence)
      }
      for await (const { name, id, data } of framesOf(response, heard)) {
        if (signal.aborted) return
        if (data !== '') takers[name]?.(JSON.parse(data) as never)
        if (id !== undefined) position = id
      }
    } finally {
      clearTimeout(timer)
      setBotTyping(0)
    }
  }

  /** Waits longer after each failure, with chance in it, so that visitors do not come back all at once. */
  function pause(): Promise<void> {
    const longest = Math.min(times.firstPause * 2 ** failures, times.longestPause)
    failures += 1
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, longest * (0.5 + Math.random() / 2))
      wakeUp = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  /** Opens the conversation, and follows it for as long as it is open. */
  async function visit(signal: AbortSignal): Promise<void> {
    if (position === undefined) {
      conversationId ??= (await listConversations(signal))[0]?.id
      const history = await readHistory(signal)
      if (signal.aborted) return
      position = history.position
      emit('opened', history)
    }
    await follow(signal)
  }

  async function run(): Promise<void> {
    let isRestored = false
    while (!closing.signal.aborted) {
      current = new AbortController()
      const { signal } = current
      try {
        if (!isRestored) await restore()
        isRestored = true
        await visit(signal)
        if (!signal.aborted) setState('connecting')
      } catch (error) {
        if (signal.aborted) continue
        const problem = error as ChatError
        if (problem.code === 'conversation_unknown' && conversationId !== undefined) {
          conversationId = undefined
          position = undefined
        } else {
          setState('offline')
          emit('problem', problem)
        }
      }
      if (!signal.aborted) await pause()
    }
  }

  /** Leaves what is open for something else. */
  function leave(next: string | undefined): void {
    conversationId = next
    position = undefined
    failures = 0
    setState('connecting')
    current.abort()
    wakeUp()
  }

  function tellTyping(isTyping: boolean): void {
    clearTimeout(ownTyping.end)
    ownTyping = { told: isTyping ? Date.now() : 0, end: ownTyping.end }
    if (isTyping) ownTyping.end = setTimeout(() => tellTyping(false), times.typingEnd)
    const note = (): object => ({ ...place(), typing: isTyping })
    // One after another, for the last one counts. That one is not told harms nothing.
    typingTold = typingTold.then(() => tell('POST', () => 'typing', note)).catch(() => {})
  }

  void run()
  return {
    get conversationId() {
      return conversationId
    },
    get state() {
      return state
    },
    on(name, listener) {
      const all = listeners.get(name) ?? new Set()
      listeners.set(name, all.add(listener))
      return () => void all.delete(listener)
    },
    async send(text, { clientMessageId = newId() } = {}) {
      clearTimeout(ownTyping.end)
      ownTyping = { told: 0, end: undefined }
      const said = (): object => ({ text, clientMessageId, ...place() })
      await noteBegun(await tell('POST', () => 'messages', said))
    },
    async sendFile(file, { name, clientMessageId = newId() }) {
      const path = (): string => `files${query({ name, clientMessageId, conversation: conversationId })}`
      await noteBegun(await tell('POST', path, () => file))
    },
    file: async (address) => {
      const { href } = new URL(address, base)
      if (!href.startsWith(base)) throw failure(`That is no file of the chat: ${address}`, 0, 'file_unknown')
      return (await ask(href.slice(base.length))).blob()
    },
    history: (fields = {}) => readHistory(undefined, fields),
    conversations: () => listConversations(),
    async begin() {
      const response = await tell('POST', () => 'conversations')
      leave(((await response.json()) as { conversation: ChatConversation }).conversation.id)
    },
    open: leave,
    typing(isTyping) {
      const isTold = Date.now() - ownTyping.told < times.typing
      if (isTyping && isTold) return
      if (isTyping || ownTyping.told > 0) tellTyping(isTyping)
    },
    receipt(messageId, what) {
      const receipt = (): object => ({ messageId, what })
      tell('POST', () => 'receipts', receipt).catch(() => {})
    },
    edit: async (messageId, text) => void (await tell('PATCH', messagePath(messageId), () => ({ text }))),
    remove: async (messageId) => void (await tell('DELETE', messagePath(messageId))),
    react: async (messageId, reaction, given = true) =>
      void (await tell('POST', messagePath(messageId, '/reactions'), () => ({ reaction, given }))),
    async signOut() {
      await end()
      leave(undefined)
    },
    retry: () => wakeUp(),
    close() {
      closing.abort()
      current.abort()
      wakeUp()
      clearTimeout(ownTyping.end)
    },
  }
}
