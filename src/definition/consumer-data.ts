import type { ConsumerProps, ConsumerTypes, Needs, RecurringEvent, WorkflowProps } from './consumer.ts'
import type { TagDefinition } from './tags.ts'
import { frozenCopy } from './frozen-copy.ts'
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
  /** The path of an SVG file, relative to the package; undefined where there is none. */
  readonly icon: string | undefined
  /** The path of a Markdown file, relative to the package; undefined where there is none. */
  readonly readme: string | undefined
  /** Free texts for catalogues. */
  readonly attributes: Readonly<Record<string, string>>
  /** The interfaces that are needed, by the name under which they are used. */
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
  readonly workflows: Readonly<Record<string, WorkflowProps>>
  readonly tags: { readonly user: TagRecord; readonly conversation: TagRecord; readonly message: TagRecord }
  readonly secrets: {
    readonly [K in keyof T['secrets']]: { readonly description?: string; readonly optional?: boolean }
  }
}
type TagRecord = Readonly<Record<string, TagDefinition>>

/** Reads what a plugin or bot declares, which was checked. */
export function readConsumer(
  props: ConsumerProps<Needs> & {
    name?: string
    title?: string
    description?: string
    icon?: string
    readme?: string
    attributes?: Record<string, string>
  },
  name = props.name ?? 'bot',
): ConsumerData {
  const { interfaces, ...rest } = props
  const declared = frozenCopy(rest)
  return {
    name,
    title: declared.title ?? name,
    description: declared.description ?? '',
    icon: declared.icon,
    readme: declared.readme,
    attributes: declared.attributes ?? none,
    needs: Object.freeze(mapValues(interfaces, (given) => needFrom(given as never))),
    configuration: declared.configuration as BuildableDefinition | undefined,
    actions: declared.actions ?? none,
    events: declared.events ?? none,
    states: declared.states ?? none,
    recurringEvents: declared.recurringEvents ?? none,
    tables: declared.tables ?? none,
    workflows: declared.workflows ?? none,
    tags: Object.freeze({
      user: declared.user?.tags ?? none,
      conversation: declared.conversation?.tags ?? none,
      message: declared.message?.tags ?? none,
    }),
    secrets: declared.secrets ?? none,
  }
}

const none = Object.freeze({})
