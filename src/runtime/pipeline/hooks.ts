import type { Moment } from '../../implementation/moments.ts'
import type { HookResult } from '../../implementation/consumer-handlers.ts'
import type { Consumer } from '../consumers/consumer.ts'
import { HandlerRun } from '../consumers/handler-run.ts'
import type { Telemetry } from '../telemetry/telemetry.ts'
import { observedHandler } from './observed.ts'

/** How hooks are run. */
export interface HookServices {
  readonly consumers: readonly Consumer[]
  readonly signal: AbortSignal
  /** The run that the hooks are part of, if they are: the hooks that it is in are not run again. */
  readonly within?: HandlerRun | undefined
  readonly telemetry: Telemetry
  /** Stores what a hook did, once: `key` tells it from the other hooks of the same item. */
  apply(run: HandlerRun, key: string): Promise<void>
}

/** Which hooks, and what they are run for. */
export interface HookPoint<T> {
  readonly moment: Moment
  types(consumer: Consumer): readonly string[]
  /** What tells the item from others. */
  readonly key: string
  /** The conversation of what they are run for, where the run that they are part of does not say it. */
  readonly conversationId?: string | undefined
  /** What hooks receive beside the data. */
  extra(data: T): object
}

/** What hooks made of the data; `stopped` names the consumer that let it go no further. */
export type Hooked<T> = { readonly data: T; readonly stopped: string | undefined }

/** Runs the hooks of a moment, one after another, each with what the one before made of the data. */
export async function runHooks<T>(
  { consumers, signal, within, telemetry, apply }: HookServices,
  { moment, types, key, conversationId, extra }: HookPoint<T>,
  initial: T,
): Promise<Hooked<T>> {
  let data = initial
  for (const consumer of consumers) {
    for (const handler of consumer.handlersFor(moment, types(consumer))) {
      if (within?.hooks.includes(handler.key)) continue
      const name = `${key}/${moment}/${handler.key}`
      const run = within
        ? within.part(name, signal, handler.key)
        : new HandlerRun(name, signal, { hooks: [handler.key], conversationId })
      const result = await observedHandler(telemetry, consumer.alias, handler, async () => {
        const given = (await consumer.run(handler.handler, run, { ...extra(data), data })) as HookResult<T>
        await apply(run, `${moment}/${handler.key}`)
        return given
      })
      if (result?.data !== undefined) data = result.data
      if (result?.stop) return { data, stopped: consumer.alias }
    }
  }
  return { data, stopped: undefined }
}
