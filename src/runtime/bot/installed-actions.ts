import type { Call, Candidate } from '../../container/policies/call.ts'
import type { ActionDefinition } from '../../definition/member-definitions.ts'
import { RunningStream } from '../calls/action-stream.ts'
import { type CallServices, integrationAction } from '../calls/integration-action.ts'
import { signalOf } from '../calls/run.ts'
import type { Installation } from '../composition/installation.ts'
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
        const { call, stream } = byName(installation, name, action, { calls, consumer })
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

/**
 * What calls an action of an integration for a consumer, and gives what it ends with, also where it streams; undefined where
 * there is none.
 */
export function installedCall(core: BotCore, calls: CallServices, consumer: string) {
  return (alias: string, name: string): Call | undefined => {
    const installation = core.installation(alias)
    if (!installation) return undefined
    const action = (installation.definition.actions as Readonly<Record<string, ActionDefinition>>)[name]
    if (!action) return undefined
    const { call, stream } = byName(installation, name, action, { calls, consumer })
    return action.stream
      ? (request) => new RunningStream((signal) => stream({ ...request, signal }), request.signal).output()
      : call
  }
}

/** An action of an installation, for whoever calls it by its name. */
function byName(
  installation: Installation,
  name: string,
  action: ActionDefinition,
  { calls, consumer }: { readonly calls: CallServices; readonly consumer: string },
): Candidate {
  const where = { integration: installation.alias, action: name }
  return integrationAction({ installation, name, action, own: undefined, where, consumer, need: undefined }, calls)
}

/** The actions of a plugin. What they do belongs to the run of the caller. */
function pluginActions(plugin: Consumer, run: HandlerRun): object {
  return Object.fromEntries(
    Object.keys(plugin.definition.actions).map((name) => [name, (input: unknown) => plugin.call(name, input, run)]),
  )
}
