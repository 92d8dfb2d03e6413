import { z } from 'plugboard'

/** A call of a tool and what it gave. No id of a vendor is kept: a call and its result stand together. */
const call = z.object({
  name: z.string(),
  input: z.record(z.string(), z.json()),
  result: z.string(),
  isError: z.boolean(),
})

/** What the messages of a conversation do not tell of it. */
export const memory = z.object({
  /** What tools were called for: by the id of the message that was answered, the oldest first. */
  uses: z.array(z.object({ messageId: z.string(), rounds: z.array(z.object({ calls: z.array(call) })) })),
  /** The ids of messages that can never be answered, the oldest first. */
  unanswerable: z.array(z.string()),
})

/** What the messages of a conversation do not tell of it. */
export interface Memory {
  readonly uses: readonly Use[]
  readonly unanswerable: readonly string[]
}

/** A call of a tool and what it gave. */
export type Call = z.output<typeof call>

/** What a model said and called at once, and what the calls gave. */
export interface Round {
  /** What it said; left out where that is told by a message of the conversation. */
  readonly content?: string
  readonly calls: readonly Call[]
}

/** What tools were called for to answer a message. */
export interface Use {
  readonly messageId: string
  readonly rounds: readonly Round[]
}

/** How many characters a round takes. */
export const sizeOf = ({ content = '', calls }: Round): number =>
  calls.reduce(
    (sum, { name, input, result }) => sum + name.length + JSON.stringify(input).length + result.length,
    content.length,
  )
