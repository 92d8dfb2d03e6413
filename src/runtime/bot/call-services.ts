import type { PolicyServices } from '../../container/policies/call.ts'
import { PlugboardError } from '../../errors/index.ts'
import type { Moment } from '../../implementation/consumer-implementation.ts'
import type { CallServices, CallSubject } from '../calls/integration-action.ts'
import type { Consumer } from '../consumers/consumer.ts'
import type { HandlerRun } from '../consumers/handler-run.ts'
import { type HookServices, runHooks } from '../pipeline/hooks.ts'
import { wakeAll } from '../pipeline/lane-worker.ts'
import type { BotCore } from './core.ts'

/** Stores what a run did outside of a handler, and wakes its lanes. */
export async function applyEffects({ store, queue }: BotCore, origin: string, run: HandlerRun): Promise<void> {
  if (run.hasEffects) await wakeAll(queue, await store.apply(origin, run.effects))
}

/** How hooks of the bot's consumers are run. */
export function hookServices(core: BotCore): HookServices {
  return { consumers: core.consumers, signal: core.stopping.signal, apply: (run) => applyEffects(core, 'bot', run) }
}

/** What calls of integrations pass through. */
export function callServices(core: BotCore, hooked: ReadonlySet<string>): CallServices & PolicyServices {
  const hooks = async <T extends object>(moment: Moment, call: CallSubject, data: T): Promise<T> => {
    const types = (_: Consumer): readonly string[] => [call.action, `${call.integration}:${call.action}`]
    const key = `call/${call.integration}/${call.action}`
    const result = await runHooks(hookServices(core), { moment, types, key, extra: () => ({ call }) }, data)
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
    get observed() {
      return core.observers.size > 0
    },
    observe: (record) => {
      for (const observer of core.observers) observer(record)
    },
    hasHooks: (action) => hooked.has('*') || hooked.has(action),
    before: async (call, input) => (await hooks('beforeOutgoingCallAction', call, { input })).input,
    after: async (call, output) => (await hooks('afterOutgoingCallAction', call, { output })).output,
    now: () => core.clock.now(),
    sleep: (milliseconds, signal) => core.clock.sleep(milliseconds, signal),
    random: () => Math.random(),
    report: ({ kind, message, ...details }) => core.loggerFor({}).info(message, { kind, ...details }),
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
