import type { Call } from '../../container/policies/call.ts'
import type { Tool, ToolCallOptions, ToolResult } from '../../implementation/tool.ts'
import { signalOf } from '../calls/run.ts'
import type { Consumer } from '../consumers/consumer.ts'
import type { HandlerRun } from '../consumers/handler-run.ts'
import type { SecretMask } from '../secrets/secret-mask.ts'
import type { ResolvedTool } from './resolve-tools.ts'
import { resultOf } from './result-of.ts'

/** What tools call with. */
export interface ToolServices {
  readonly mask: SecretMask
  consumer(alias: string): Consumer | undefined
  /** What calls an action of an integration, and gives what it ends with; undefined where the alias is none of an integration. */
  integrationCall(alias: string, action: string): Call | undefined
}

/** The tools of a plugin, for one run of one of its handlers. */
export function toolsFor(
  resolved: readonly ResolvedTool[],
  services: ToolServices,
): (run: HandlerRun) => readonly Tool[] {
  if (resolved.length === 0) return () => resolved as never
  const makers = resolved.map(({ alias, action, ...told }) => {
    const call = services.integrationCall(alias, action)
    return (run: HandlerRun): Tool =>
      Object.freeze({
        ...told,
        call: call ? ofIntegration(call, run, services) : ofConsumer({ alias, action }, run, services),
      })
  })
  return (run) => Object.freeze(makers.map((make) => make(run)))
}

/** What a platform was asked to do it has done: the journal tells what came of it. */
function ofIntegration(call: Call, run: HandlerRun, { mask }: ToolServices): Tool['call'] {
  return async (input, { step, signal: given }: ToolCallOptions) => {
    const name = `tool/${step}`
    const done = await run.journal?.get(name)
    if (done) return done.result as ToolResult
    const signal = signalOf(run, given) as AbortSignal
    const request = { input, signal, idempotencyKey: `${run.key}/${name}`, run }
    const result = await resultOf(() => call(request), { signal, mask })
    await run.journal?.save(name, result)
    return result
  }
}

/**
 * What a plugin or the bot does is stored with what the handler does, so a handler that is tried again needs it done again; its
 * own steps and calls are known by the name of the call. What a failing action has done is dropped.
 */
function ofConsumer(
  { alias, action }: Pick<ResolvedTool, 'alias' | 'action'>,
  run: HandlerRun,
  { mask, consumer }: ToolServices,
): Tool['call'] {
  return async (input, { step, signal: given }: ToolCallOptions) => {
    const signal = signalOf(run, given) as AbortSignal
    const part = run.part(`${run.key}/tool/${step}`, signal)
    const result = await resultOf(() => (consumer(alias) as Consumer).call(action, input, part), { signal, mask })
    if (!result.error) run.absorb(part)
    return result
  }
}
