import type { ActionDefinition } from '../../definition/member-definitions.ts'
import { RunningStream } from '../calls/action-stream.ts'
import { type CallServices, integrationAction } from '../calls/integration-action.ts'
import { signalOf } from '../calls/run.ts'
import type { Consumer } from '../consumers/consumer.ts'
import type { HandlerRun } from '../consumers/handler-run.ts'
import type { BotCore } from './core.ts'

type ActionFunction = (input: unknown, options?: { signal?: AbortSignal }) => unknown

/** The actions of everything that is installed, by alias, for the runs of one consumer. */
export function installedActions(core: BotCore, calls: CallServices, consumer: string): (run: HandlerRun) => object {
  const makers = new Map<string, readonly (readonly [string, (run: HandlerRun) => ActionFunction])[]>()
  for (const installation of core.installations.values()) {
    const actions = Object.entries(installation.definition.actions as Readonly<Record<string, ActionDefinition>>)
    makers.set(
      installation.alias,
      actions.map(([name, action]) => {
        const { call, stream } = integrationAction(
          {
            installation,
            name,
            action,
            own: undefined,
            where: { integration: installation.alias, action: name },
            consumer,
            need: undefined,
          },
          calls,
        )
        const make =
          (run: HandlerRun): ActionFunction =>
          (input, options) => {
            const idempotencyKey = run.nextKey()
            const signal = signalOf(run, options?.signal)
            return action.stream
              ? new RunningStream((both) => stream({ input, signal: both, idempotencyKey, run }), signal)
              : call({ input, signal, idempotencyKey, run })
          }
        return [name, make] as const
      }),
    )
  }
  return (run) => {
    const actions: Record<string, object> = {}
    for (const [alias, functions] of makers)
      actions[alias] = Object.fromEntries(functions.map(([name, make]) => [name, make(run)]))
    for (const plugin of core.consumers) if (plugin.alias !== 'bot') actions[plugin.alias] = pluginActions(plugin, run)
    return actions
  }
}

/** The actions of a plugin. What they do belongs to the run of the caller. */
function pluginActions(plugin: Consumer, run: HandlerRun): object {
  return Object.fromEntries(
    Object.keys(plugin.definition.actions).map((name) => [name, (input: unknown) => plugin.call(name, input, run)]),
  )
}
