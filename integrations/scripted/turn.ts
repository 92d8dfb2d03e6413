import type { Message } from './exchange.ts'
import { type Facts, readFacts } from './facts.ts'
import type { Persona } from './persona.ts'

/** A turn of the conversation, as the rules see it. */
export interface Turn {
  /** What the user says, without a greeting where more follows. */
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

/** Reads a conversation: what is said now, and what is known from before. */
export function readTurn(messages: readonly Message[], persona: Persona, seed: number): Turn {
  const said = messages.filter(({ role }) => role === 'user').map(({ content }) => content.trim())
  const replies = messages.filter(({ role }) => role === 'assistant')
  const text = said.at(-1) ?? ''
  return {
    text: persona.rewrites ? text : withoutGreeting(text),
    earlier: said.slice(0, -1),
    replies: replies.map(({ content }) => content),
    facts: readFacts(messages),
    persona,
    pick: (texts) => texts[(Math.max(0, said.length - 1) + seed) % texts.length] ?? '',
  }
}

/** "Hi, what is an interface?" is a question and no greeting. */
function withoutGreeting(text: string): string {
  return text.replace(
    /^(?:hi|hello|hey|good (?:morning|afternoon|evening))(?: there)?[,.!]+\s*(?=.*\p{L}.*\s\S)/isu,
    '',
  )
}
