import type { ActionDefinition } from '../../definition/member-definitions.ts'
import type { Where } from '../../errors/index.ts'

/** One call of an action through a binding. */
export interface CallRequest {
  readonly input: unknown
  readonly signal: AbortSignal | undefined
  /** The same for every attempt, so that the platform can tell a repetition. */
  readonly idempotencyKey: string
}

/** An action that gives one output. Validates input and output. */
export type Call = (request: CallRequest) => Promise<unknown>
/** An action that streams: yields items, returns the output; throws when it fails or is aborted. Validates input, items and output. */
export type StreamCall = (request: CallRequest) => AsyncGenerator<unknown, unknown, void>

/** An integration that a binding may call. Only one of the two is called, by whether the action streams. */
export interface Candidate {
  /** The alias of the installation. */
  readonly alias: string
  readonly call: Call
  readonly stream: StreamCall
}

/** What policies know of the action, and where the calls come from. */
export interface CallFacts {
  readonly action: ActionDefinition
  /** Consumer, need, interface and action, for errors. */
  readonly where: Where
}

/** What policies need of the world. */
export interface PolicyServices {
  /** Milliseconds since 1970. */
  now(): number
  /** Resolves after so many milliseconds; rejects with the code `aborted` when the signal aborts. */
  sleep(milliseconds: number, signal: AbortSignal | undefined): Promise<void>
  /** From 0 to 1, for jitter. */
  random(): number
}
