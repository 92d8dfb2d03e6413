import {
  IntegrationImplementation,
  type InterfaceDefinition,
  type InterfaceTypes,
  PlugboardError,
  type z,
} from 'plugboard'
import { CannotGenerate } from '../generation/cannot-generate.ts'
import { Random } from '../generation/random.ts'
import { plain, type Style } from '../generation/style.ts'
import { validValue } from '../generation/valid-value.ts'
import type { AnyClient } from '../people.ts'
import type { Action } from '../suite/subject.ts'
import { canonical, isRecord } from './canonical.ts'
import { doubleDefinition } from './double-definition.ts'
import { recordsFor, withRecords } from './double-records.ts'
import type { Double, DoubleCall, DoubleContext, DoubleOptions } from './double-types.ts'

/** How a double behaves where nothing is programmed. */
export interface Behaviour {
  /** The style of its entities, of which it has a few. */
  readonly entities: Style
  /** How the output of a call is made. The same input has to give the same. */
  style(random: Random): Style
  /** What happens before a call is answered: it may wait, or throw. */
  before(call: DoubleContext & BeginningCall): Promise<void>
  /** Whether a call of a streaming action breaks off after its first item. */
  breaksOff(call: { readonly action: string; readonly index: number }): PlugboardError | undefined
}

/** A call that begins. */
export interface BeginningCall {
  readonly action: string
  readonly streams: boolean
  /** Whether it is a message that is to be sent. */
  readonly sends?: boolean
  /** Numbers that are the same for the same input. */
  readonly random: Random
}

/** How many different values there are of an entity. */
const entityCount = 3
/** How many items a stream gives. */
const itemCount = 3

/** Makes an integration from an interface. */
export function doubleOf<I extends InterfaceTypes, TName extends string>(
  given: InterfaceDefinition<I>,
  { seed = 1, name, capabilities, actions: programmed = {}, send }: DoubleOptions<I, TName>,
  prefix: string,
  behaviour: Behaviour,
): Double<I, TName> {
  const base = given as unknown as InterfaceDefinition
  const definition = doubleDefinition(base, name ?? `${prefix}-${base.name.replace('/', '-')}`, capabilities)
  const random = new Random(`${seed}/${base.name}`)
  const entities = new Map<z.core.$ZodType, (random: Random) => unknown>()
  for (const [key, { schema }] of Object.entries(definition.entities)) {
    const values = Array.from({ length: entityCount }, (_, index) =>
      validValue(
        schema as z.core.$ZodType,
        random.fork(`entities/${key}/${index}`),
        behaviour.entities,
        new Map(entities),
      ),
    )
    entities.set(schema, (drawing) => drawing.pick(values))
  }
  const calls: DoubleCall[] = []
  const counts = new Map<string, number>()
  const nextIndex = (key: string): number => {
    const index = counts.get(key) ?? 0
    counts.set(key, index + 1)
    return index
  }
  const handler = (key: string, action: Action) => {
    const own: unknown = Object.hasOwn(programmed, key) ? (programmed as Record<string, unknown>)[key] : undefined
    const begin = ({ input, signal, client }: ActionProps) => {
      const index = nextIndex(key)
      calls.push({ action: key, input })
      return { input, context: { index, signal, client }, drawing: random.fork(`${key}/${canonical(input)}`) }
    }
    const made = (schema: z.core.$ZodType, drawing: Random): unknown =>
      orTold(`'${key}' of '${definition.name}'`, () =>
        validValue(schema, drawing, behaviour.style(drawing.fork('style')), entities),
      )
    const completed = async (fields: unknown, { input, context, drawing }: ReturnType<typeof begin>) => {
      if (fields !== undefined && fields !== null && !isRecord(fields)) return fields
      const output = made(action.output.schema, drawing)
      const left = isRecord(fields) && isRecord(output) ? without(output, Object.keys(fields)) : output
      const by = { client: context.client, channel: Object.keys(definition.channels)[0] }
      const asked = { action, input, index: context.index, entities: [...entities.keys()] }
      const whole = await withRecords(left, (names) => recordsFor(names, by, asked))
      return isRecord(fields) ? { ...(whole as object), ...fields } : whole
    }
    const plainHandler = async (props: ActionProps): Promise<unknown> => {
      const begun = begin(props)
      const { input, context, drawing } = begun
      await behaviour.before({ ...context, action: key, streams: action.stream !== undefined, random: drawing })
      demandNotAborted(context.signal, definition.name)
      return completed(await said(own, input, context), begun)
    }
    const { stream } = action
    if (!stream) return plainHandler
    return async function* (props: ActionProps): AsyncGenerator<unknown, unknown, void> {
      const begun = begin(props)
      const { input, context, drawing } = begun
      await behaviour.before({ ...context, action: key, streams: action.stream !== undefined, random: drawing })
      demandNotAborted(context.signal, definition.name)
      const given = said(own, input, context)
      if (isGenerator(given)) return completed(yield* given, begun)
      const output = await completed(await given, begun)
      const broken = behaviour.breaksOff({ action: key, index: context.index })
      for (let item = 0; item < itemCount; item += 1) {
        demandNotAborted(context.signal, definition.name)
        yield made(stream.schema, drawing.fork(`items/${item}`))
        if (broken) throw broken
      }
      demandNotAborted(context.signal, definition.name)
      return output
    }
  }
  const sender =
    (action: string) =>
    async ({ payload, conversation, signal, client }: SendProps): Promise<void> => {
      const context = { index: nextIndex(action), signal, client }
      const drawing = random.fork(`${action}/${canonical(payload)}`)
      await behaviour.before({ ...context, action, streams: false, sends: true, random: drawing })
      demandNotAborted(signal, definition.name)
      calls.push({ action, input: payload, conversationId: conversation.id })
      await send?.({ name: action, payload, conversationId: conversation.id }, context)
    }
  const handlers = {
    actions: Object.fromEntries(
      Object.entries(definition.actions as Readonly<Record<string, Action>>).map(([key, action]) => [
        key,
        handler(key, action),
      ]),
    ),
    channels: Object.fromEntries(
      Object.entries(definition.channels as Readonly<Record<string, { messages: object }>>).map(
        ([channel, { messages }]) => [
          channel,
          { messages: Object.fromEntries(Object.keys(messages).map((type) => [type, sender(`${channel}/${type}`)])) },
        ],
      ),
    ),
  }
  const installable = definition.implementedBy(async () => ({
    default: new IntegrationImplementation(definition, handlers as never),
  }))
  return Object.assign(installable, { calls }) as unknown as Double<I, TName>
}

interface ActionProps {
  readonly input: unknown
  readonly signal: AbortSignal
  readonly client: AnyClient
}
interface SendProps {
  readonly payload: unknown
  readonly conversation: { readonly id: string }
  readonly signal: AbortSignal
  readonly client: AnyClient
}

/** What is programmed for an action says. */
function said(own: unknown, input: unknown, context: DoubleContext): unknown {
  return typeof own === 'function' ? (own as (input: unknown, context: DoubleContext) => unknown)(input, context) : own
}

/** What is made, or an error that says what has to be programmed. */
function orTold<T>(what: string, make: () => T): T {
  try {
    return make()
  } catch (error) {
    if (!(error instanceof CannotGenerate)) throw error
    throw new PlugboardError({
      code: 'vendor_failed',
      message: `what ${what} gives cannot be made up: ${error.message}. Say it by { actions }.`,
      cause: error,
    })
  }
}

function demandNotAborted(signal: AbortSignal, integration: string): void {
  if (signal.aborted)
    throw new PlugboardError({
      code: 'aborted',
      message: `integration '${integration}' was aborted`,
      where: { integration },
      cause: signal.reason,
    })
}

function without(record: Record<string, unknown>, names: readonly string[]): object {
  return Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)))
}

function isGenerator(value: unknown): value is AsyncGenerator<unknown, unknown, void> {
  return isRecord(value) && 'next' in value
}

/** Nothing happens before a call is answered, and no stream breaks off. */
export const wellBehaved: Behaviour = {
  entities: plain,
  style: () => plain,
  before: async () => {},
  breaksOff: () => undefined,
}
