import type { RunningBot } from 'plugboard/runtime'
import { type TerminalListener, type TerminalSaying, terminalAlias } from './terminal.ts'

/** A call of an integration, as it is printed. */
export interface PrintedCall {
  readonly consumer: string
  readonly integration: string
  readonly action: string
  /** Milliseconds. */
  readonly duration: number
  readonly error: string | undefined
  readonly usage: unknown
  /** US dollars. */
  readonly cost: number | undefined
}

/** What came of a message. */
export interface Exchange {
  readonly replies: readonly string[]
  readonly calls: readonly PrintedCall[]
  readonly failures: readonly { readonly code: string; readonly message: string }[]
}

/** A conversation in the terminal. */
export interface Conversation {
  /**
   * Hands a message to the bot and waits until everything that follows from it is done.
   * @param hear Is told what the bot says, as it says it.
   */
  say(text: string, hear?: (saying: TerminalSaying) => void): Promise<Exchange>
}

/** Begins a conversation in the terminal. */
export async function converse(running: RunningBot, listeners: Set<TerminalListener>): Promise<Conversation> {
  const client = running.clientOf(terminalAlias)
  const { user } = await client.getOrCreateUser({ tags: { id: 'terminal' } })
  const { conversation } = await client.getOrCreateConversation({ channel: 'terminal', tags: { id: 'terminal' } })
  return {
    say: async (text, hear) => {
      const replies: string[] = []
      const calls: PrintedCall[] = []
      const before = new Set((await failuresOf(running)).map(({ id }) => id))
      const listener: TerminalListener = (saying) => {
        if (saying.conversationId !== conversation.id) return
        hear?.(saying)
        if (saying.draft === false) replies.push(saying.text)
      }
      listeners.add(listener)
      const unobserve = running.observe(({ consumer, integration, action, duration, error, cost, output }) => {
        const usage = typeof output === 'object' && output !== null && 'usage' in output ? output.usage : undefined
        calls.push({ consumer, integration, action, duration, error, usage, cost })
      })
      try {
        await client.createMessage({
          conversationId: conversation.id,
          userId: user.id,
          type: 'text',
          payload: { text },
        })
        await running.idle()
      } finally {
        listeners.delete(listener)
        unobserve()
      }
      const failures = (await failuresOf(running)).flatMap(({ id, code, message }) =>
        before.has(id) ? [] : [{ code, message }],
      )
      return { replies, calls, failures }
    },
  }
}

/** Everything that failed for good, page by page. */
async function failuresOf(running: RunningBot): Promise<readonly { id: string; code: string; message: string }[]> {
  const failures: { id: string; code: string; message: string }[] = []
  let cursor: string | undefined
  do {
    const page = await running.deadLetters(cursor === undefined ? {} : { cursor })
    failures.push(...page.items)
    cursor = page.nextCursor
  } while (cursor !== undefined)
  return failures
}
