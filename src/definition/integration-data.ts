import { frozenCopy } from './frozen-copy.ts'
import type { IntegrationProps, IntegrationTypes, OAuthProps } from './integration-definition.ts'
import type { TagDefinition } from './tags.ts'
import {
  type ActionDefinition,
  type ChannelDefinition,
  type EntityDefinition,
  type EventDefinition,
  mapValues,
  readAction,
} from './member-definitions.ts'
import { developmentVersion } from './members.ts'
import type { RateLimits } from './rate-limits.ts'
import type { Schema, Sides } from './schema.ts'

/** A way to configure an integration, as data. */
export interface ConfigurationDefinition<T extends Sides = Sides> {
  readonly title?: string
  readonly description?: string
  readonly schema: Schema<T['parsed'], T['input']>
  /** The capabilities that are left when it is configured in this way; undefined for all. */
  readonly capabilities?: readonly string[]
  /** What holds beside the integration's limits when it is configured in this way. */
  readonly rateLimits?: RateLimits
}

/** Everything that an integration declares, as plain data with its types attached. */
export interface IntegrationData<T extends IntegrationTypes = IntegrationTypes> {
  readonly name: T['name']
  readonly version: T['version']
  readonly title: string
  readonly description: string
  readonly icon: string | undefined
  readonly readme: string | undefined
  /** The unnamed configuration; undefined where none is declared. */
  readonly configuration: ConfigurationDefinition<T['configurations']['default']> | undefined
  readonly configurations: {
    readonly [K in Exclude<keyof T['configurations'], 'default'>]: ConfigurationDefinition<T['configurations'][K]>
  }
  readonly entities: { readonly [K in keyof T['entities']]: EntityDefinition<T['entities'][K]> }
  readonly actions: { readonly [K in keyof T['actions']]: ActionDefinition<T['actions'][K]> }
  readonly events: { readonly [K in keyof T['events']]: EventDefinition<T['events'][K]> }
  readonly channels: { readonly [K in keyof T['channels']]: ChannelDefinition<T['channels'][K]> }
  readonly states: {
    readonly [K in keyof T['states']]: EventDefinition<T['states'][K]> & {
      readonly type: 'integration' | 'conversation' | 'user'
    }
  }
  readonly user: { readonly tags: { readonly [K in T['userTags']]: TagDefinition } }
  readonly rateLimits: RateLimits
  readonly secrets: {
    readonly [K in keyof T['secrets']]: { readonly description?: string; readonly optional?: boolean }
  }
  readonly identifier: IntegrationProps['identifier']
  readonly oauth: OAuthProps | undefined
  readonly attributes: Readonly<Record<string, string>>
  readonly __advanced: IntegrationProps['__advanced']
}

/** Reads what an integration declares, which was checked. */
export function readIntegration(props: IntegrationProps): IntegrationData {
  const declared = frozenCopy({ ...props, __advanced: undefined })
  return {
    name: declared.name,
    version: declared.version ?? developmentVersion,
    title: declared.title ?? declared.name,
    description: declared.description ?? '',
    icon: declared.icon,
    readme: declared.readme,
    configuration: declared.configuration as ConfigurationDefinition | undefined,
    configurations: declared.configurations ?? none,
    entities: Object.freeze(
      mapValues(declared.entities, (entity, name) => Object.freeze({ ...entity, name }) as EntityDefinition),
    ),
    actions: Object.freeze(mapValues(declared.actions, (action, name) => readAction(name, action as never))),
    events: declared.events ?? none,
    channels: declared.channels ?? none,
    states: declared.states ?? none,
    user: Object.freeze({ tags: declared.user?.tags ?? none }),
    rateLimits: declared.rateLimits ?? none,
    secrets: declared.secrets ?? none,
    identifier: declared.identifier,
    oauth: declared.oauth,
    attributes: declared.attributes ?? none,
    __advanced: props.__advanced && Object.freeze({ ...props.__advanced }),
  }
}

const none = Object.freeze({})
