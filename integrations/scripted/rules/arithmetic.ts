import { evaluate, findExpression, shownNumber } from '../arithmetic.ts'
import type { Rule } from './rule.ts'

/** Sums, and going on with the result of the last one: "times 3". */
export const arithmetic: Rule = {
  name: 'arithmetic',
  match: /[\p{L}\d]/u,
  reply: ({ text, replies }) => {
    const [, last] = /= (-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)\.?$/.exec(replies.at(-1) ?? '') ?? []
    const expression = findExpression(text, last)
    if (expression === undefined) return undefined
    const value = evaluate(expression)
    if (value === undefined) return undefined
    return Number.isFinite(value)
      ? `${expression} = ${shownNumber(value)}`
      : `${expression} has no result: nothing can be divided by zero.`
  },
}
