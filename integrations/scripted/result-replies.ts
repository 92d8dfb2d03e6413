import { z } from 'plugboard'
import type { Json } from './json.ts'

/** What to answer to what a tool gave. */
export const resultReply = z
  .object({
    /** The answer. `{name}` is a field of what the tool gave, `{names.0}` the first of a list. Empty: nothing is said. */
    reply: z.string(),
    /** What is said where such a field is not there, or holds nothing. Default: "I do not know." */
    missing: z.string().optional(),
    /** What is said where the tool failed. Default: "That did not work." */
    failed: z.string().default('That did not work.'),
  })
  .refine(({ reply, missing }) => missing === undefined || fields.test(reply), {
    path: ['missing'],
    message: 'has no effect: the reply names no field, like {name}',
  })

/** Answers to what tools gave, by the names of the tools. */
export const resultReplies = z.record(z.string().min(1), resultReply)

export type ResultReply = z.output<typeof resultReply>

const field = String.raw`\{([\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)*)\}`
const fields = new RegExp(field, 'u')

/** What is answered to a result: the reply with the fields that it names. */
export function filledResult({ reply, missing = 'I do not know.' }: ResultReply, content: string): string {
  const result = parsed(content)
  let isWhole = true
  const text = reply.replaceAll(new RegExp(field, 'gu'), (_, path: string) => {
    const value = at(result, path.split('.'))
    const said = typeof value === 'object' ? JSON.stringify(value) : String(value)
    if (value === undefined || value === null || ['', '[]', '{}'].includes(said.trim())) isWhole = false
    return said.trim()
  })
  return isWhole ? text : missing
}

function at(value: Json | undefined, [key, ...rest]: readonly string[]): Json | undefined {
  if (key === undefined) return value
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
  return at((value as Readonly<Record<string, Json>>)[key], rest)
}

/** What is no JSON has no fields. */
function parsed(content: string): Json | undefined {
  try {
    return JSON.parse(content) as Json
  } catch {
    return undefined
  }
}
