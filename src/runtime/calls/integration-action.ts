import type { Call, CallRequest, Candidate, StreamCall } from '../../container/policies/call.ts'
import { costOf } from '../../container/policies/cost-of.ts'
import type { ActionDefinition } from '../../definition/member-definitions.ts'
import type { Schema } from '../../definition/schema.ts'
import { PlugboardError, type Where } from '../../errors/index.ts'
import type { Installation } from '../composition/installation.ts'
import { awaitPlace, type PlaceServices } from '../limits/await-place.ts'
import { type Pauses, pauseKeys } from '../limits/pauses.ts'
import { type Check, validate } from '../validate.ts'
import type { SecretMask } from '../secrets/secret-mask.ts'
import type { Telemetry } from '../telemetry/telemetry.ts'
import type { CallObserver, CallRecord } from './call-observer.ts'
import { aborted, abortion, located, unlessAborted } from './located.ts'
import { traced } from './traced.ts'

/** Makes what a handler receives, anew for each call. */
export type ContextFactory = (signal: AbortSignal, idempotencyKey: string) => Record<string, unknown>

/** What a call passes through on its way to an integration. */
export interface CallServices {
  /** Makes what every handler of the installation receives, beside its input. */
  contextOf(installation: Installation): ContextFactory
  /** Aborts when the bot stops. */
  readonly stopping: AbortSignal
  readonly telemetry: Telemetry
  readonly mask: SecretMask
  /** Milliseconds since 1970. */
  now(): number
  /** What a call waits with that finds no place under the limits of its installation. */
  readonly places: Omit<PlaceServices, 'pause'>
  readonly pauses: Pauses
  /** Whoever wants to know of calls. */
  readonly observers: ReadonlySet<CallObserver>
  /** Whether hooks before or after calls are registered for the action. */
  hasHooks(action: string): boolean
  /** Whether hooks want to know of failed calls of the action. */
  hearsFailures(action: string): boolean
  before(call: CallSubject, input: unknown, request: CallRequest): Promise<unknown>
  after(call: CallSubject, output: unknown, request: CallRequest): Promise<unknown>
  /** Tells hooks of a call that has failed. Does not throw. */
  failed(call: CallSubject, error: unknown, request: CallRequest): Promise<void>
}

/** Which call it is. */
export interface CallSubject {
  readonly consumer: string
  readonly need: string | undefined
  readonly integration: string
  readonly action: string
}

/** The action that is called, and through which schemas. */
export interface ActionRoute {
  readonly installation: Installation
  /** The integration's name of it. */
  readonly name: string
  /** The schemas that the caller knows. */
  readonly action: ActionDefinition
  /** The integration's own schemas where they refine those. An input passes the caller's first, an output the integration's. */
  readonly own: ActionDefinition | undefined
  readonly where: Where
  readonly consumer: string
  readonly need: string | undefined
}

/** An action of an installation as a candidate of a binding: every input, item and output is validated. */
export function integrationAction(route: ActionRoute, services: CallServices): Candidate {
  const { installation, name, action, own, where, consumer, need } = route
  const subject: CallSubject = { consumer, need, integration: installation.alias, action: name }
  const what = `of action '${name}' of integration '${installation.alias}'`
  const inputCheck: Check = { code: 'input_invalid', subject: `the input ${what}`, where }
  const outputCheck: Check = { code: 'output_invalid', subject: `the output ${what}`, where }
  const itemCheck: Check = { code: 'output_invalid', subject: `an item ${what}`, where }
  const hooked = services.hasHooks(name)
  const context = services.contextOf(installation)

  // What is the very same on both sides is parsed once: a transform, say, does not take what it gives.
  const [ownInput, ownOutput, ownItem] = (['input', 'output', 'stream'] as const).map((part) =>
    own?.[part]?.schema === action[part]?.schema ? undefined : own?.[part]?.schema,
  )
  const readInput = async (request: CallRequest): Promise<unknown> => {
    const given = hooked ? await services.before(subject, request.input, request) : request.input
    const input = await validate(action.input.schema, given, inputCheck)
    return ownInput ? validate(ownInput, input, inputCheck) : input
  }
  const through = async (first: Schema | undefined, second: Schema, value: unknown, check: Check): Promise<unknown> =>
    validate(second, first ? await validate(first, value, check) : value, check)
  const readOutput = async (given: unknown, request: CallRequest): Promise<unknown> => {
    const output = await through(ownOutput, action.output.schema, given, outputCheck)
    if (!hooked) return output
    return validate(action.output.schema, await services.after(subject, output, request), outputCheck)
  }
  const handler = (): ((props: object) => unknown) => {
    if (installation.registration) installation.assertRegistered(where, services.now())
    const actions = installation.handlers?.actions as Record<string, (props: object) => unknown> | undefined
    if (!actions)
      throw new PlugboardError({
        code: 'installation_inactive',
        message: `integration '${installation.alias}' is not running${installation.inactive ? `: ${installation.inactive}` : ''}`,
        where,
      })
    return actions[name] as (props: object) => unknown
  }
  const simple = !hooked && own === undefined
  const limits = installation.limits.ofCalls(name)
  const keys = [pauseKeys.all(installation.alias), pauseKeys.calls(installation.alias, name)]
  /** Waits for a place, where there are limits; undefined where it need not. */
  const placed = ({ signal, deadline, run: caller }: CallRequest): Promise<void> | undefined => {
    if (limits.length === 0 && !services.pauses.any) return undefined
    const time = Math.min(deadline ?? Infinity, caller?.deadline ?? Infinity)
    return awaitPlace(
      { ...services.places, pause: () => services.pauses.left(...keys) },
      { limits, signal, deadline: time === Infinity ? undefined : time, where },
    )
  }
  /** What a handler threw. Where the platform asks to wait, what shares its limit waits. */
  const failed = async (thrown: unknown, signal: AbortSignal | undefined): Promise<Error> => {
    const failure = located(thrown, where, signal)
    const { retryAfter, retryScope } = failure
    const [all = '', calls = ''] = keys
    const key = retryScope === 'installation' ? all : limits.length > 0 && retryScope === undefined ? calls : undefined
    if (retryAfter !== undefined && key !== undefined) await services.pauses.begin(key, retryAfter).catch(() => {})
    return services.mask.error(failure)
  }

  const invoke = async (request: CallRequest): Promise<unknown> => {
    const { input, signal, idempotencyKey, run: caller } = request
    if (signal?.aborted) throw aborted(where, signal)
    let parsed = simple ? validate(action.input.schema, input, inputCheck) : readInput(request)
    if (parsed instanceof Promise) parsed = await parsed
    const run = handler()
    const place = placed(request)
    if (place) await place
    const props = context(signal ?? services.stopping, idempotencyKey)
    props.input = parsed
    // A handler is cut off as a whole: a race, which takes longer than all else, is for a call with a signal of its own.
    const races = signal !== undefined && !(caller?.cutOff && signal === caller.signal)
    let output: unknown
    try {
      output = await (races ? unlessAborted(run(props), signal, where) : run(props))
    } catch (error) {
      throw await failed(error, signal)
    }
    if (signal?.aborted) throw aborted(where, signal)
    return simple ? validate(action.output.schema, output, outputCheck) : readOutput(output, request)
  }

  async function* streamed(request: CallRequest): AsyncGenerator<unknown, unknown, void> {
    const { signal, idempotencyKey } = request
    if (signal?.aborted) throw aborted(where, signal)
    const parsed = await readInput(request)
    await placed(request)
    const abort = signal && abortion(signal, where)
    const props = context(signal ?? services.stopping, idempotencyKey)
    props.input = parsed
    const items = demandStream(handler()(props), what, where)
    let ended = false
    try {
      for (;;) {
        const next = items.next()
        const step = await (abort ? Promise.race([next, abort.rejects]) : next)
        if (signal?.aborted) throw aborted(where, signal)
        if (step.done) {
          ended = true
          if (step.value === undefined)
            throw new PlugboardError({
              code: 'stream_broken',
              message: `the stream ${what} ended without an output`,
              retryable: true,
              where,
            })
          return await readOutput(step.value, request)
        }
        yield await through(ownItem, action.stream?.schema as Schema, step.value, itemCheck)
      }
    } catch (error) {
      throw await failed(error, signal)
    } finally {
      abort?.release()
      // A generator that hangs must not hold up the caller who has gone.
      if (!ended) items.return?.(undefined).catch(() => {})
    }
  }

  const { observers } = services
  const record = (start: number, error: unknown, output: unknown): void => {
    const told: CallRecord = {
      ...subject,
      interface: where.interface,
      duration: performance.now() - start,
      error: error === undefined ? undefined : PlugboardError.isInstance(error) ? error.code : 'internal',
      cost: error === undefined ? costOf(action, output) : undefined,
      output,
    }
    for (const observer of observers) observer(told)
  }
  const observedCall: Call = async (request) => {
    const start = performance.now()
    try {
      const output = await invoke(request)
      record(start, undefined, output)
      return output
    } catch (error) {
      record(start, error, undefined)
      throw error
    }
  }
  const hears = services.hearsFailures(name)
  const heardCall: Call = (request) =>
    (observers.size > 0 ? observedCall(request) : invoke(request)).catch(async (error: unknown) => {
      await services.failed(subject, error, request)
      throw error
    })
  // Not an async function: a call that nobody observes is spared a promise.
  const call: Call = hears ? heardCall : (request) => (observers.size > 0 ? observedCall(request) : invoke(request))
  const stream: StreamCall = async function* (request) {
    const start = performance.now()
    try {
      const output = yield* streamed(request)
      if (observers.size > 0) record(start, undefined, output)
      return output
    } catch (error) {
      if (observers.size > 0) record(start, error, undefined)
      if (hears) await services.failed(subject, error, request)
      throw error
    }
  }
  return traced(
    { alias: installation.alias, call, stream },
    {
      name: `${installation.alias}.${name}`,
      kind: 'client',
      attributes: {
        'plugboard.integration': installation.alias,
        'plugboard.integration.name': installation.definition.name,
        'plugboard.action': name,
        'plugboard.consumer': consumer,
      },
    },
    services.telemetry,
    (output) => ({ 'plugboard.cost_usd': costOf(action, output) }),
  )
}

/** Refuses what a handler gives that should have been an async generator. */
function demandStream(given: unknown, what: string, where: Where): AsyncGenerator<unknown, unknown, void> {
  if (typeof given === 'object' && given !== null && 'next' in given)
    return given as AsyncGenerator<unknown, unknown, void>
  // Nobody waits for what an async function would still say.
  if (given instanceof Promise) given.catch(() => {})
  throw new PlugboardError({
    code: 'output_invalid',
    message: `the handler ${what} gives no stream: it must be an async generator, async function* () { … }`,
    where,
  })
}
