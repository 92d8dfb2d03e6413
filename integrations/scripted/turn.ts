import type { Message } from './exchange.ts'
import { type Facts, readFacts } from './facts.ts'
import type { Persona } from './persona.ts'

/** A turn of the conversation, as the rules see it. */
export interface Turn {
  /** What the user says, as it came. */
  readonly said: string
  /** The same as rules look at it: without a greeting where more follows, and no longer than they can take. */
  readonly text: string
  /** What the user said before, the oldest first. */
  readonly earlier: readonly string[]
  /** What the model said before, the oldest first; empty where it only called tools. */
  readonly replies: readonly string[]
  readonly facts: Facts
  readonly persona: Persona
  /** One of several texts that mean the same: another at every turn. */
  pick(texts: readonly string[]): string
}

/** The characters of a text that rules look at: expressions are slow on very long ones. */
export const longestText = 2_000

/** Reads a conversation: what is said now, and what is known from before. */
export function readTurn(messages: readonly Message[], persona: Persona, seed: number): Turn {
  const texts = messages.filter(({ role }) => role === 'user').map(({ content }) => content)
  const replies = messages.filter(({ role }) => role === 'assistant')
  const said = texts.at(-1) ?? ''
  const short = texts.map((text) => text.trim().slice(0, longestText))
  return {
    said,
    text: withoutGreeting(short.at(-1) ?? ''),
    earlier: short.slice(0, -1),
    replies: replies.map(({ content }) => content),
    facts: readFacts(messages),
    persona,
    pick: (choices) => choices[(Math.max(0, texts.length - 1) + seed) % choices.length] ?? '',
  }
}

/** "Hi, what is an interface?" is a question and no greeting. */
function withoutGreeting(text: string): string {
  return text.replace(
    /^(?:hi|hello|hey|good (?:morning|afternoon|evening))(?: there)?[,.!]+\s*(?=.*\p{L}.*\s\S)/isu,
    '',
  )
}
