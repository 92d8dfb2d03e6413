import type { Problem } from '../../errors/index.ts'

/** A problem of a binding. */
export const policyProblem = (path: string, message: string, remedy: string): Problem =>
  Object.freeze({ code: 'binding_policy_invalid', path, message, remedy })

/** Whether something is an object with fields. */
export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
