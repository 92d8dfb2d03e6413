import type { ConsumerProps, ConsumerTypes, Needs, RecurringEvent } from './consumer.ts'
import type { TagDefinition } from './integration-definition.ts'
import { mapValues } from './member-definitions.ts'
import type { ActionMetadata } from './members.ts'
import { type Need, needFrom } from './need.ts'
import type { Schema } from './schema.ts'

/** Schemas of the entities of the needs: what the builders of a plugin or bot are called with. */
export type EntityReferences = Readonly<Record<string, Readonly<Record<string, Schema>>>>

/** A schema, or what builds it once the needs are bound. */
export type Buildable = Schema | ((references: { entities: EntityReferences }) => Schema)

/** A declaration of a plugin or bot that holds a schema. */
export interface BuildableDefinition {
  readonly title?: string
  readonly description?: string
  readonly schema: Buildable
}

/** Everything that a plugin or bot declares, as plain data with its types attached. */
export interface ConsumerData<T extends ConsumerTypes = ConsumerTypes> {
  readonly name: T['name']
  readonly title: string
  readonly description: string
  readonly needs: { readonly [K in keyof T['needs']]: Need<T['needs'][K]> }
  readonly configuration: BuildableDefinition | undefined
  readonly actions: {
    readonly [K in keyof T['actions']]: ActionMetadata & {
      readonly input: BuildableDefinition
      readonly output: BuildableDefinition
    }
  }
  readonly events: { readonly [K in keyof T['events']]: BuildableDefinition }
  readonly states: {
    readonly [K in keyof T['states']]: BuildableDefinition & {
      readonly type: 'conversation' | 'user' | 'bot' | 'workflow'
      readonly expiry?: number
    }
  }
  readonly recurringEvents: Readonly<Record<string, RecurringEvent>>
  readonly tables: Readonly<Record<string, { readonly schema: Schema }>>
  readonly workflows: Readonly<Record<string, object>>
  readonly tags: { readonly user: TagRecord; readonly conversation: TagRecord; readonly message: TagRecord }
  readonly secrets: { readonly [K in T['secrets']]: { readonly description?: string; readonly optional?: boolean } }
}
type TagRecord = Readonly<Record<string, TagDefinition>>

/** Reads what a plugin or bot declares. */
export function readConsumer(
  props: ConsumerProps<Needs> & { name?: string; title?: string; description?: string },
  name = props.name ?? 'bot',
): ConsumerData {
  return {
    name,
    title: props.title ?? name,
    description: props.description ?? '',
    needs: Object.freeze(mapValues(props.interfaces, (given) => needFrom(given as never))),
    configuration: props.configuration as BuildableDefinition | undefined,
    actions: Object.freeze({ ...props.actions }) as never,
    events: Object.freeze({ ...props.events }) as never,
    states: Object.freeze({ ...props.states }) as never,
    recurringEvents: Object.freeze({ ...props.recurringEvents }),
    tables: Object.freeze({ ...props.tables }) as never,
    workflows: Object.freeze({ ...props.workflows }),
    tags: Object.freeze({
      user: { ...props.user?.tags },
      conversation: { ...props.conversation?.tags },
      message: { ...props.message?.tags },
    }),
    secrets: Object.freeze({ ...props.secrets }),
  }
}
