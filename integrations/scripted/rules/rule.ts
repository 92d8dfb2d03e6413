import type { Turn } from '../turn.ts'

/** A rule of conversation. */
export interface Rule {
  readonly name: string
  /** What it looks for in what the user says. */
  readonly match: RegExp
  /** What it answers: one of some texts, another at every turn; or a function, which gives undefined where the next rule should try. */
  readonly reply: readonly string[] | ((turn: Turn, found: RegExpExecArray) => string | undefined)
}
