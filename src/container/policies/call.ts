import type { ActionDefinition } from '../../definition/member-definitions.ts'
import type { Where } from '../../errors/index.ts'

/** One call of an action through a binding. */
export interface CallRequest {
  readonly input: unknown
  readonly signal: AbortSignal | undefined
  /** The same for every attempt, so that the platform can tell a repetition. */
  readonly idempotencyKey: string
  /** When it must have ended, in milliseconds since 1970; undefined where nothing says. */
  readonly deadline?: number | undefined
  /** What the call is part of: handed on as it is, for who serves the call. */
  readonly run?:
    | {
        readonly signal: AbortSignal | undefined
        readonly cutOff: boolean
        readonly deadline?: number | undefined
      }
    | undefined
}

/** An action that gives one output. Validates input and output. */
export type Call = (request: CallRequest) => Promise<unknown>
/** An action that streams: yields items, returns the output; throws when it fails or is aborted. Validates input, items and output. */
export type StreamCall = (request: CallRequest) => AsyncGenerator<unknown, unknown, void>

/** The two ways of calling an action. Only one of them is used, by whether the action streams. */
export interface Calls {
  readonly call: Call
  readonly stream: StreamCall
}

/** An integration that a binding may call. */
export interface Candidate extends Calls {
  /** The alias of the installation. */
  readonly alias: string
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
  /** Resolves after so many milliseconds; rejects with the code `aborted` when the signal aborts, and leaves no timer behind. */
  sleep(milliseconds: number, signal: AbortSignal | undefined): Promise<void>
  /** From 0 to 1, for jitter. */
  random(): number
  /** Is told what a policy did that the caller does not see, for the log. Must not throw. */
  report?(notice: PolicyNotice): void
}

/** What a policy did that the caller does not see. */
export interface PolicyNotice {
  /**
   * `candidate_skipped`: a candidate could not take the input; `candidate_failed`: the next one is tried;
   * `call_repeated`: the call is made again; `cost_unknown`: an output did not say what it cost, so a budget could not count it.
   */
  readonly kind: 'candidate_skipped' | 'candidate_failed' | 'call_repeated' | 'cost_unknown'
  /** What happened, in a sentence. */
  readonly message: string
  readonly where: Where
  /** The failure, where there was one. */
  readonly cause?: unknown
}
