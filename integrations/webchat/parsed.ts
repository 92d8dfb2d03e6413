import type { z } from 'plugboard'
import { Refusal } from './refusal.ts'

/**
 * The value as the schema makes it.
 * @throws {Refusal} with 400 and everything that is wrong.
 */
export function parsed<TSchema extends z.ZodObject>(schema: TSchema, value: unknown, what: string): z.output<TSchema> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const problems = result.error.issues.map(({ path, message }) => [path.map(String).join('.'), message].filter(Boolean))
  throw new Refusal(
    400,
    'request_invalid',
    `${what} is invalid: ${problems.map((parts) => parts.join(': ')).join('; ')}`,
  )
}

/**
 * The value of a body.
 * @throws {Refusal} with 400, if it is no JSON.
 */
export function parsedJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '')
  } catch {
    throw new Refusal(400, 'request_invalid', 'the body is no JSON')
  }
}
