import { isDeepStrictEqual } from 'node:util'
import { type ErrorCode, PlugboardError } from 'plugboard'

/** What a check failed of. */
export class CheckFailed extends Error {
  override readonly name = 'CheckFailed'
}

/** Why a check could not be made. */
export class CheckSkipped extends Error {
  override readonly name = 'CheckSkipped'
}

/** Fails the check of a contract with a sentence, unless something holds. */
export function demand(holds: boolean, sentence: string): asserts holds {
  if (!holds) throw new CheckFailed(sentence)
}

/** Fails the check of a contract, unless two values are the same. The sentence names the one that is given. */
export function demandEqual(given: unknown, expected: unknown, sentence: string): void {
  demand(isDeepStrictEqual(given, expected), `${sentence} should be ${shown(expected)}, and is ${shown(given)}`)
}

/** Fails the check of a contract, unless the call is refused with the code. */
export async function demandRefusal(code: ErrorCode, call: () => PromiseLike<unknown>): Promise<void> {
  let output: unknown
  try {
    output = await call()
  } catch (error) {
    demand(codeOf(error) === code, `it should be refused with the code '${code}', and fails with ${messageOf(error)}`)
    return
  }
  demand(false, `it should be refused with the code '${code}', and is answered: ${shown(output)}`)
}

/** Ends the check of a contract as one that could not be made. */
export function skip(reason: string): never {
  throw new CheckSkipped(reason)
}

/** The code of an error of Plugboard; undefined for another. */
export const codeOf = (error: unknown): string | undefined =>
  PlugboardError.isInstance(error) ? error.code : undefined

/** An error in a sentence. */
export function messageOf(error: unknown): string {
  if (PlugboardError.isInstance(error)) return `[${error.code}] ${error.message}`
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error)
}

/** A value in a sentence, cut short. */
export function shown(value: unknown): string {
  const text = value === undefined ? 'nothing' : (safeJson(value) ?? `a ${typeof value}`)
  return text.length > 200 ? `${text.slice(0, 200)}…` : text
}

function safeJson(value: unknown): string | undefined {
  try {
    return JSON.stringify(value)
  } catch {
    return undefined
  }
}
