import type { CallRequest, PolicyServices } from '../../container/policies/call.ts'
import { PlugboardError } from '../../errors/index.ts'
import type { Moment } from '../../implementation/moments.ts'
import type { CallServices, CallSubject } from '../calls/integration-action.ts'
import type { Consumer } from '../consumers/consumer.ts'
import { HandlerRun } from '../consumers/handler-run.ts'
import { toldFailure } from '../pipeline/hear-failure.ts'
import { type HookServices, runHooks } from '../pipeline/hooks.ts'
import { wakeAll } from '../pipeline/wake-all.ts'
import type { BotCore } from './core.ts'

/** Stores what a run did outside of a handler, and wakes its lanes. */
export async function applyEffects(core: BotCore, origin: string, run: HandlerRun): Promise<void> {
  const { store, queue, telemetry, drafts } = core
  if (run.hasEffects) await wakeAll(queue, await store.apply(origin, { ...run.effects, trace: telemetry.traceparent }))
  await drafts.settle(run, run.effects.messages)
}

/** How hooks of a call are run: what they do is stored with what the calling handler does, or at once if there is none. */
function hookServices(core: BotCore, { run: caller, signal = core.stopping.signal }: CallRequest): HookServices {
  const within = caller instanceof HandlerRun ? caller : undefined
  return {
    consumers: core.consumers,
    telemetry: core.telemetry,
    signal,
    within,
    apply: async (run) => (within && !within.outside ? within.absorb(run) : applyEffects(core, 'bot', run)),
  }
}

/** What calls of integrations pass through. */
export function callServices(core: BotCore, hooked: HookedActions): CallServices & PolicyServices {
  const hooks = async <T extends object>(
    moment: Moment,
    call: CallSubject,
    data: T,
    request: CallRequest,
  ): Promise<T> => {
    const types = (_: Consumer): readonly string[] => [call.action, `${call.integration}:${call.action}`]
    const key = request.idempotencyKey
    const result = await runHooks(hookServices(core, request), { moment, types, key, extra: () => ({ call }) }, data)
    if (result.stopped !== undefined) {
      throw new PlugboardError({
        code: 'hook_stopped',
        message: `'${result.stopped}' stopped the call of action '${call.action}' of integration '${call.integration}'`,
        where: { integration: call.integration, action: call.action },
      })
    }
    return result.data
  }
  return {
    contextOf: core.contextOf,
    stopping: core.stopping.signal,
    telemetry: core.telemetry,
    mask: core.mask,
    observers: core.observers,
    places: { store: core.store, clock: core.clock },
    pauses: core.pauses,
    hasHooks: (action) => hooked.around.has('*') || hooked.around.has(action),
    hearsFailures: (action) => hooked.failing.has('*') || hooked.failing.has(action),
    before: async (call, input, request) => (await hooks('beforeOutgoingCallAction', call, { input }, request)).input,
    after: async (call, output, request) => (await hooks('afterOutgoingCallAction', call, { output }, request)).output,
    failed: (call, error, request) => hearFailedCall(core, call, error, request),
    now: () => core.clock.now(),
    sleep: (milliseconds, signal) => core.clock.sleep(milliseconds, signal),
    random: () => Math.random(),
    report: ({ kind, message, ...details }) => {
      core.loggerFor({}).info(message, { kind, ...details })
      core.telemetry.event(kind, { message })
      if (kind === 'call_repeated') core.telemetry.note({ kind: 'retry', of: 'call' })
      else if (kind !== 'cost_unknown')
        core.telemetry.note({ kind: 'failover', integration: details.where.integration ?? '' })
    },
  }
}

/** Runs the hooks that hear of a failed call. One that fails is logged: the caller is to be told why its own call failed. */
async function hearFailedCall(core: BotCore, call: CallSubject, error: unknown, request: CallRequest): Promise<void> {
  const { signal, idempotencyKey } = request
  const isAbort = PlugboardError.isInstance(error) && error.code === 'aborted'
  if (isAbort || core.stopping.signal.aborted) return
  // The time of the call may be up, which is then what they are to hear of.
  const services = hookServices(core, { ...request, signal: signal?.aborted ? undefined : signal })
  const types = (): readonly string[] => [call.action, `${call.integration}:${call.action}`]
  const told = toldFailure(error, core.mask)
  try {
    await runHooks(
      services,
      { moment: 'callFailed', types, key: idempotencyKey, extra: () => ({ call, error: told }) },
      undefined,
    )
  } catch (thrown) {
    core.loggerFor({}).error('a hook of callFailed failed', { ...call, error: thrown })
  }
}

/** Actions that hooks want to know of: by name, without the alias; `*` for all. */
export interface HookedActions {
  /** Before or after they are called. */
  readonly around: ReadonlySet<string>
  /** When a call has failed. */
  readonly failing: ReadonlySet<string>
}

/** The actions that the hooks of these want to know of. */
export function hookedActions(
  consumers: readonly { readonly registered: readonly { readonly moment: Moment; readonly type: string }[] }[],
): HookedActions {
  const typesOf = (...moments: readonly Moment[]): ReadonlySet<string> =>
    new Set(
      consumers
        .flatMap(({ registered }) => registered)
        .filter(({ moment }) => moments.includes(moment))
        .map(({ type }) => type.slice(type.indexOf(':') + 1)),
    )
  return {
    around: typesOf('beforeOutgoingCallAction', 'afterOutgoingCallAction'),
    failing: typesOf('callFailed'),
  }
}
