import { type BoundNeed, parseEntity } from './bound-need.ts'
import { RunningStream } from './action-stream.ts'
import { type Run, signalOf } from './run.ts'

/** A need whose binding can change while the bot runs. */
export interface NeedSlot {
  /** What is bound now. Read at every call, so that the next call after a change uses the new binding. */
  current: BoundNeed
}

/** The functions of all needs, for one run. A need in whose place another one may be bound is looked up each time, and undefined while it is bound to nothing. */
export function interfaceClients(slots: Readonly<Record<string, NeedSlot>>, run: Run): object {
  const clients = {}
  for (const [name, slot] of Object.entries(slots)) {
    const { unless } = slot.current.solved.need
    const isBound = (): boolean => slot.current.solved.matches.length > 0
    Object.defineProperty(
      clients,
      name,
      unless === undefined
        ? { enumerable: true, value: interfaceClient(slot, run) }
        : { enumerable: true, get: () => (isBound() ? interfaceClient(slot, run) : undefined) },
    )
  }
  return Object.freeze(clients)
}

type ActionFunction = (input: unknown, options?: { signal?: AbortSignal }) => unknown

/** The functions of a need, for one run. */
function interfaceClient(slot: NeedSlot, run: Run): Readonly<Record<string, unknown>> {
  const client: Record<string, unknown> = {}
  for (const [name, { streams }] of Object.entries(slot.current.actions))
    client[name] = streams ? streaming(slot, name, run) : calling(slot, name, run)
  client.entities = Object.fromEntries(
    Object.keys(slot.current.entities).map((name) => [
      name,
      {
        parse: (value: unknown) => parseEntity(slot.current, name, value),
        safeParse: (value: unknown) => {
          try {
            return parseEntity(slot.current, name, value)
          } catch {
            return undefined
          }
        },
      },
    ]),
  )
  // What is bound may change between two calls of one handler.
  Object.defineProperty(client, 'capabilities', { enumerable: true, get: () => slot.current.capabilities })
  return Object.freeze(client)
}

function calling(slot: NeedSlot, name: string, run: Run): ActionFunction {
  return (input, options) =>
    (slot.current.actions[name] as BoundNeed['actions'][string]).call({
      input,
      signal: signalOf(run, options?.signal),
      idempotencyKey: run.nextKey(),
      run,
    })
}

function streaming(slot: NeedSlot, name: string, run: Run): ActionFunction {
  return (input, options) => {
    const action = slot.current.actions[name] as BoundNeed['actions'][string]
    const idempotencyKey = run.nextKey()
    return new RunningStream(
      (signal) => action.stream({ input, signal, idempotencyKey, run }),
      signalOf(run, options?.signal),
    )
  }
}
