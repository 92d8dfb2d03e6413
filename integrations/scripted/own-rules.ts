import { z } from 'plugboard'
import { failure } from './failure.ts'
import { compile } from './pattern.ts'

/** A rule of the bot's developer: what to do when the user says something. */
export const ownRule = z
  .object({
    /** What the user's text holds, in whatever case; or a regular expression between slashes: `/order (\d+)/`. */
    when: z
      .string()
      .min(1)
      .refine((when) => compile(when) !== undefined, 'is no regular expression'),
    /** The answer. `$1` is the first group of the expression, `$0` all that was found. Default: nothing is said. */
    reply: z.string().default(''),
    /** How long to wait before the answer, in milliseconds. Default: 0. */
    delay: z.number().int().min(0).max(60_000).default(0),
    /** Fails with this code in the place of an answer. */
    fail: failure.optional(),
    /** Asks for a call, if a tool of that name is offered; else the reply is given. `$1` counts in its texts, too. */
    toolCall: z.object({ name: z.string().min(1), input: z.record(z.string(), z.json()).default({}) }).optional(),
    /** Whether it comes last: only where neither another rule nor small talk has an answer. Default: no. */
    fallback: z.boolean().default(false),
  })
  .refine(({ reply, fail, toolCall }) => reply !== '' || fail !== undefined || toolCall !== undefined, {
    message: 'has no effect: give it a reply, a failure or a call of a tool',
  })

export type OwnRule = z.output<typeof ownRule>

/** The first rule that applies to a text, and what it found there. */
export function firstOwnRule(
  rules: readonly OwnRule[],
  text: string,
): { rule: OwnRule; found: RegExpExecArray } | undefined {
  for (const rule of rules) {
    const found = compile(rule.when)?.exec(text)
    if (found) return { rule, found }
  }
  return undefined
}
