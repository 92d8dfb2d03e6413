import { abilities } from './rules/abilities.ts'
import { arithmetic } from './rules/arithmetic.ts'
import { courtesies } from './rules/courtesies.ts'
import { greeting } from './rules/greeting.ts'
import { history } from './rules/history.ts'
import { identity } from './rules/identity.ts'
import { jokes } from './rules/jokes.ts'
import { limits } from './rules/limits.ts'
import { moods } from './rules/moods.ts'
import { plugboard } from './rules/plugboard.ts'
import { recall } from './rules/recall.ts'
import { remembering } from './rules/remembering.ts'
import type { Rule } from './rules/rule.ts'
import { unknown } from './rules/unknown.ts'
import { wellBeing } from './rules/well-being.ts'
import { yesAndNo } from './rules/yes-and-no.ts'
import type { Turn } from './turn.ts'

/** The rules of conversation, in the order in which they are tried. */
const rules: readonly Rule[] = [
  ...recall,
  ...history,
  arithmetic,
  ...plugboard,
  ...identity,
  ...abilities,
  ...limits,
  ...jokes,
  ...remembering,
  wellBeing,
  ...yesAndNo,
  ...courtesies,
  greeting,
  ...moods,
  ...unknown,
]

/** Those that have an answer, and do not only say that they have none. */
const knowing = rules.filter((rule) => ![...limits, ...unknown].includes(rule))

/** What the first rule that has something to say answers to a turn. */
export function reply(turn: Turn): string {
  return firstReply(rules, turn) ?? 'I am listening.'
}

/** What is answered to a turn where a rule has an answer; undefined where none has. */
export function knownReply(turn: Turn): string | undefined {
  return firstReply(knowing, turn)
}

function firstReply(tried: readonly Rule[], turn: Turn): string | undefined {
  for (const { match, reply: said } of tried) {
    const found = match.exec(turn.text)
    if (!found) continue
    const text = typeof said === 'function' ? said(turn, found) : turn.pick(said)
    if (text !== undefined) return text
  }
  return undefined
}
