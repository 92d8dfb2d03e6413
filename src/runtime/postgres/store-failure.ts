import { PlugboardError } from '../../errors/index.ts'

/** The classes of SQLSTATE that tell of data or statements, not of the server: the same again fails the same way. */
const lasting = ['21', '22', '23', '42', '44']

/** What the store throws for an error of the database. */
export function storeFailure(error: unknown): PlugboardError {
  if (PlugboardError.isInstance(error)) return error
  const state = stateOf(error)
  const message = error instanceof Error ? error.message : String(error)
  if (state.length === 5 && lasting.includes(state.slice(0, 2)))
    return new PlugboardError({
      code: 'internal',
      message: `the database refused a statement (${state}): ${message}`,
      cause: error,
    })
  return new PlugboardError({
    code: 'store_failed',
    message: `the database cannot be reached or failed: ${message === '' ? state : message}`,
    retryable: true,
    cause: error,
  })
}

/** Whether two units were in each other's way, so that one of them is to begin anew. */
export function isConflict(error: unknown): boolean {
  return ['40001', '40P01'].includes(stateOf(error))
}

const stateOf = (error: unknown): string => {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' ? code : ''
}
