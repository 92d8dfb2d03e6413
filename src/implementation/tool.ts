import type { z } from 'zod'
import type { Failure } from './failure.ts'

/** An action that the bot gave a plugin to call, told as a language model wants it told. */
export interface Tool {
  /** What a model calls it: letters, digits, `_` and `-`, 64 at most. */
  readonly name: string
  /** What it does; undefined where nobody says. */
  readonly description: string | undefined
  /** The JSON Schema of the input; its type is `object`. */
  readonly inputSchema: Readonly<Record<string, z.core.util.JSONType>>
  /**
   * Calls the action and gives what came of it, which may be a failure: of an input that does not fit, say. It is done once
   * over all attempts at the handler, as a step is; what an action of a plugin or of the bot does is stored with what the handler does.
   * @throws {PlugboardError} with the code `aborted`, `timeout` or `not_running`, if the call was cut off, and with
   *   `lease_lost` or `store_failed`: nobody knows then what came of it.
   */
  call(input: unknown, options: ToolCallOptions): Promise<ToolResult>
}

/** How a tool is called. */
export interface ToolCallOptions {
  /** What tells this call from all others of the handler, the same in every attempt. */
  readonly step: string
  /** Aborts the call. */
  readonly signal?: AbortSignal
}

/** What came of a call: plain JSON, without what is secret. */
export type ToolResult =
  | { readonly output: z.core.util.JSONType; readonly error?: undefined }
  | { readonly error: Pick<Failure, 'code' | 'message'>; readonly output?: undefined }
