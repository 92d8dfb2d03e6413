import {
  IntegrationDefinition,
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
import type { Action, AnyIntegration } from '../suite/subject.ts'
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
  { seed = 1, name, capabilities, actions: programmed = {} }: DoubleOptions<I, TName>,
  prefix: string,
  behaviour: Behaviour,
): Double<I, TName> {
  const base = given as unknown as InterfaceDefinition
  const definition = definitionOf(base, name ?? `${prefix}-${base.name.replace('/', '-')}`, capabilities)
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
  const handler = (key: string, action: Action) => {
    const own: unknown = Object.hasOwn(programmed, key) ? (programmed as Record<string, unknown>)[key] : undefined
    const begin = ({ input, signal }: { input: unknown; signal: AbortSignal }) => {
      const index = counts.get(key) ?? 0
      counts.set(key, index + 1)
      calls.push({ action: key, input })
      return { input, context: { index, signal }, drawing: random.fork(`${key}/${canonical(input)}`) }
    }
    const made = (schema: z.core.$ZodType, drawing: Random): unknown =>
      orTold(`'${key}' of '${definition.name}'`, () =>
        validValue(schema, drawing, behaviour.style(drawing.fork('style')), entities),
      )
    const completed = (fields: unknown, drawing: Random): unknown => {
      const output = isRecord(fields) ? { ...(made(action.output.schema, drawing) as object), ...fields } : fields
      return output ?? made(action.output.schema, drawing)
    }
    const plainHandler = async (props: { input: unknown; signal: AbortSignal }): Promise<unknown> => {
      const { input, context, drawing } = begin(props)
      await behaviour.before({ ...context, action: key, streams: action.stream !== undefined, random: drawing })
      demandNotAborted(context.signal, definition.name)
      return completed(await said(own, input, context), drawing)
    }
    const { stream } = action
    if (!stream) return plainHandler
    return async function* (props: { input: unknown; signal: AbortSignal }): AsyncGenerator<unknown, unknown, void> {
      const { input, context, drawing } = begin(props)
      await behaviour.before({ ...context, action: key, streams: action.stream !== undefined, random: drawing })
      demandNotAborted(context.signal, definition.name)
      const given = said(own, input, context)
      if (isGenerator(given)) return completed(yield* given, drawing)
      const output = completed(await given, drawing)
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
          {
            messages: Object.fromEntries(
              Object.keys(messages).map((type) => [
                type,
                async ({ payload }: { payload: unknown }) =>
                  void calls.push({ action: `${channel}/${type}`, input: payload }),
              ]),
            ),
          },
        ],
      ),
    ),
  }
  const installable = definition.implementedBy(async () => ({
    default: new IntegrationImplementation(definition, handlers as never),
  }))
  return Object.assign(installable, { calls }) as unknown as Double<I, TName>
}

function definitionOf(base: InterfaceDefinition, name: string, claimed?: readonly string[]): AnyIntegration {
  const declared = Object.entries(base.members.entities)
  const definition = new IntegrationDefinition({
    name,
    version: base.version,
    entities: Object.fromEntries(
      declared.map(([key, { schema }]) => [key, { schema: schema as z.core.$ZodType<object> }]),
    ),
  })
  const capabilities = claimed ?? Object.keys(base.capabilities)
  return (definition as unknown as Extending).extend(base, ({ entities }) => ({ entities, capabilities }))
}
interface Extending {
  extend(base: unknown, map: (own: { entities: object }) => object): AnyIntegration
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

/** An input as text, whatever the order of its fields. */
function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (_, inner: unknown) =>
      isRecord(inner)
        ? Object.fromEntries(Object.entries(inner).toSorted(([one], [other]) => (one < other ? -1 : 1)))
        : inner,
    ) ?? ''
  )
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
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
