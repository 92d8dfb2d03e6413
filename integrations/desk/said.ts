import { z } from 'plugboard'
import { Refusal } from './refusal.ts'

const name = z.string().trim().min(1).max(80)
const schemas = {
  messages: z.strictObject({
    name,
    text: z.string().max(10_000).regex(/\S/, 'write something'),
    clientMessageId: z.string().regex(/^[\w-]{1,64}$/, 'take 1 to 64 letters, digits, hyphens and underscores'),
  }),
  take: z.strictObject({ name }),
  end: z.strictObject({ name }),
}
/** What somebody who serves can do with a session. */
export type Deed = keyof typeof schemas
export type Said<D extends Deed> = z.output<(typeof schemas)[D]>

/**
 * What a body says.
 * @throws {Refusal} with 400.
 */
export function saidIn<D extends Deed>(deed: D, body: string | undefined): Said<D> {
  let value: unknown
  try {
    value = JSON.parse(body ?? '')
  } catch {
    throw new Refusal(400, 'request_invalid', 'the body is no JSON')
  }
  const result = schemas[deed].safeParse(value)
  if (result.success) return result.data as Said<D>
  const problems = result.error.issues.map(({ path, message }) => [path.map(String).join('.'), message].filter(Boolean))
  throw new Refusal(
    400,
    'request_invalid',
    `the body is invalid: ${problems.map((parts) => parts.join(': ')).join('; ')}`,
  )
}
