import type { TagDefinition } from './tags.ts'
import type { ActionTypes, ChannelTypes } from './members.ts'
import type { Schema, Sides } from './schema.ts'

/** An entity, as data. */
export interface EntityDefinition<T extends Sides = Sides> {
  readonly name: string
  readonly title?: string
  readonly description?: string
  readonly schema: Schema<T['parsed'], T['input']>
  /** Whether an integration need not map it. */
  readonly optional?: boolean
}

/** An action, as data. */
export interface ActionDefinition<T extends ActionTypes = ActionTypes> {
  readonly name: string
  readonly title: string
  readonly description: string
  /** Whether a call costs money. */
  readonly billable: boolean
  /** Whether equal inputs give equal outputs for a while. */
  readonly cacheable: boolean
  /** Whether calling twice has the effect of calling once. */
  readonly idempotent: boolean
  readonly attributes: Readonly<Record<string, string>>
  readonly input: { readonly schema: Schema<T['parsed'], T['input']> }
  readonly output: { readonly schema: Schema<T['output'], T['returned']> }
  /** What it gives bit by bit; undefined for an action that does not stream. */
  readonly stream?: { readonly schema: Schema<T['item']['parsed'], T['item']['input']> } | undefined
  /** The capability without which it is not there. */
  readonly capability?: string | undefined
  /** What stands in for it where the capability is missing. */
  readonly downgrade?: { readonly to: string; readonly items: (output: unknown) => readonly object[] } | undefined
  /** Fields of the input that need a capability. */
  readonly fieldCapabilities?: Readonly<Record<string, string>> | undefined
  /** What a call cost, in US dollars, told from its output. */
  readonly cost?: ((output: unknown) => number | undefined) | undefined
}

/** An event, as data. */
export interface EventDefinition<T extends Sides = Sides> {
  readonly title?: string
  readonly description?: string
  readonly schema: Schema<T['parsed'], T['input']>
}

/** A channel, as data. */
export interface ChannelDefinition<T extends ChannelTypes = ChannelTypes> {
  readonly title?: string
  readonly description?: string
  readonly messages: { readonly [K in keyof T['messages']]: EventDefinition<T['messages'][K]> }
  readonly message?: { readonly tags?: Readonly<Record<string, TagDefinition>> }
  readonly conversation?: { readonly tags?: Readonly<Record<string, TagDefinition>> }
  /** How it shows messages while they are made; undefined where it does not. */
  readonly drafts?: { readonly every?: number }
  /** Whether a message is sent again, or put aside, after the process ended while it was sent. Default: `send-again`. */
  readonly unknownOutcome?: 'send-again' | 'put-aside'
}

const declaredBy = new WeakMap<ActionDefinition, Metadata>()

type Metadata = Partial<
  Pick<ActionDefinition, 'title' | 'description' | 'billable' | 'cacheable' | 'idempotent' | 'attributes'>
>

/** Reads an action, with the defaults of what it does not say. */
export function readAction(
  name: string,
  action: Partial<ActionDefinition> & Pick<ActionDefinition, 'input' | 'output'>,
): ActionDefinition {
  const read = Object.freeze({
    name,
    title: action.title ?? name,
    description: action.description ?? '',
    billable: action.billable ?? false,
    cacheable: action.cacheable ?? false,
    idempotent: action.idempotent ?? false,
    attributes: Object.freeze({ ...action.attributes }),
    input: action.input,
    output: action.output,
    stream: action.stream,
    capability: action.capability,
    downgrade: action.downgrade,
    fieldCapabilities: action.fieldCapabilities,
    cost: action.cost,
  })
  declaredBy.set(read, metadataOf(action))
  return read
}

/** What was said of an action, without the defaults of what was not: the interface's word counts there, not the default. */
export function declaredOf(action: ActionDefinition): Metadata {
  return declaredBy.get(action) ?? metadataOf(action)
}

const metadataNames = ['title', 'description', 'billable', 'cacheable', 'idempotent', 'attributes'] as const

function metadataOf(action: Metadata): Metadata {
  return Object.fromEntries(metadataNames.flatMap((name) => (action[name] === undefined ? [] : [[name, action[name]]])))
}

/** Applies a function to every value of a record. */
export function mapValues<T, R>(
  record: Readonly<Record<string, T>> | undefined,
  change: (value: T, name: string) => R,
): Record<string, R> {
  return Object.fromEntries(Object.entries(record ?? {}).map(([name, value]) => [name, change(value, name)]))
}
