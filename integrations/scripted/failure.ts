import { type ErrorCode, PlugboardError, z } from 'plugboard'
import { errorCodes } from 'plugboard/errors'

// An interface keeps its name in declaration files, which would spell out every code otherwise.
/** The schema of an error code. */
export interface CodeSchema extends z.core.$ZodType<ErrorCode, ErrorCode> {}
const code: CodeSchema = z.enum(Object.keys(errorCodes) as [ErrorCode, ...ErrorCode[]])
const passing: ReadonlySet<ErrorCode> = new Set(['vendor_rate_limited', 'vendor_unavailable', 'timeout'])

/** A failure that a rule asks for: its code, or more of it. */
export const failure = z.union([
  code,
  z.object({
    code,
    message: z.string().min(1).optional(),
    /** Default: whether failures of that code pass, as `vendor_unavailable` does. */
    retryable: z.boolean().optional(),
    /** Milliseconds. */
    retryAfter: z.number().int().min(0).optional(),
    /** How many pieces of the reply are streamed before it fails. Default: 0. */
    after: z.number().int().min(0).optional(),
  }),
])
export type Failure = z.output<typeof failure>

/** How many pieces are streamed before a failure. */
export function piecesBefore(given: Failure): number {
  return typeof given === 'string' ? 0 : (given.after ?? 0)
}

/** The error that a rule asks for. */
export function errorOf(given: Failure, integration: string): PlugboardError {
  const { code, message, retryable, retryAfter } = typeof given === 'string' ? { code: given } : given
  return new PlugboardError({
    code,
    message: message ?? `a rule of integration '${integration}' asked for a failure`,
    retryable: retryable ?? passing.has(code),
    ...(retryAfter !== undefined && { retryAfter }),
    where: { integration },
  })
}
