import type { CallRequest, PolicyServices } from '../../container/policies/call.ts'
import { PlugboardError } from '../../errors/index.ts'
import type { Moment } from '../../implementation/consumer-implementation.ts'
import type { CallServices, CallSubject } from '../calls/integration-action.ts'
import type { Consumer } from '../consumers/consumer.ts'
import { HandlerRun } from '../consumers/handler-run.ts'
import { type HookServices, runHooks } from '../pipeline/hooks.ts'
import { wakeAll } from '../pipeline/lane-worker.ts'
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
export function callServices(core: BotCore, hooked: ReadonlySet<string>): CallServices & PolicyServices {
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
    hasHooks: (action) => hooked.has('*') || hooked.has(action),
    before: async (call, input, request) => (await hooks('beforeOutgoingCallAction', call, { input }, request)).input,
    after: async (call, output, request) => (await hooks('afterOutgoingCallAction', call, { output }, request)).output,
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

/** The actions that hooks want to know of: by name, with or without the alias; `*` for all. */
export function hookedActions(
  consumers: readonly { readonly registered: readonly { readonly moment: Moment; readonly type: string }[] }[],
): ReadonlySet<string> {
  const moments: readonly Moment[] = ['beforeOutgoingCallAction', 'afterOutgoingCallAction']
  const types = consumers.flatMap(({ registered }) =>
    registered.filter(({ moment }) => moments.includes(moment)).map(({ type }) => type),
  )
  return new Set(types.map((type) => type.slice(type.indexOf(':') + 1)))
}
