import { z } from 'zod'
import type { Schema } from '../definition/schema.ts'
import { type ErrorCode, type Issue, PlugboardError, ValidationError, type Where } from '../errors/index.ts'

/** What a value is checked for, and what is said if it does not fit. */
export interface Check {
  readonly code: ErrorCode
  /** The value in a sentence: `the input of action 'ping' of integration 'acme'`. */
  readonly subject: string
  readonly where: Where
}

// The methods of the core work for schemas of zod and of zod/mini alike.
const { safeParse, safeParseAsync, safeEncode } = z.core

/**
 * The value as its schema gives it; a promise only for a schema that works asynchronously.
 * @throws {ValidationError} with the code of the check.
 */
export function validate(schema: Schema, value: unknown, check: Check): unknown {
  let result: z.core.util.SafeParseResult<unknown>
  try {
    result = safeParse(schema, value)
  } catch (error) {
    if (error instanceof z.core.$ZodAsyncError)
      return safeParseAsync(schema, value).then(
        (late) => (late.success ? late.data : refuse(late.error, check)),
        (failure: unknown) => {
          throw tooDeep(failure, check)
        },
      )
    throw tooDeep(error, check)
  }
  return result.success ? result.data : refuse(result.error, check)
}

/** The value in the form in which it is stored, for a schema of codecs. */
export function encode(schema: Schema, value: unknown, check: Check): unknown {
  let result: z.core.util.SafeParseResult<unknown>
  try {
    result = safeEncode(schema, value)
  } catch (error) {
    throw tooDeep(error, check)
  }
  return result.success ? result.data : refuse(result.error, check)
}

/** A value that is nested so deeply that no more calls fit onto the stack is one that does not fit. */
function tooDeep(error: unknown, { code, subject, where }: Check): unknown {
  if (!(error instanceof RangeError)) return error
  return new ValidationError(code, subject, [{ path: '', message: 'it is nested too deeply' }], where)
}

function refuse(error: z.core.$ZodError, { code, subject, where }: Check): never {
  for (const issue of error.issues) {
    // An issue that an entity raised knows better what is wrong.
    const raised =
      issue.code === 'custom'
        ? (issue.params?.plugboard as { code: ErrorCode; message: string } | undefined)
        : undefined
    if (raised)
      throw new PlugboardError({
        code: raised.code,
        message: `${subject}: ${raised.message}`,
        where: { ...where, path: pathOf(issue) },
      })
  }
  throw new ValidationError(code, subject, issuesOf(error), where)
}

/** What is wrong, place by place. Of a union, what is wrong with the member that fits best. */
export function issuesOf(error: { issues: readonly z.core.$ZodIssue[] }): Issue[] {
  return error.issues.map((issue) => ({ path: pathOf(issue), message: issue.message }))
}

const pathOf = (issue: { path: readonly PropertyKey[] }): string => issue.path.map(String).join('.')
