import type { ConfigurationProps, IntegrationProps, IntegrationTypes, TagDefinition } from './integration-definition.ts'
import {
  type ActionDefinition,
  type ChannelDefinition,
  type EntityDefinition,
  type EventDefinition,
  mapValues,
  readAction,
} from './member-definitions.ts'
import { developmentVersion } from './members.ts'
import type { Schema, Sides } from './schema.ts'

/** A way to configure an integration, as data. */
export interface ConfigurationDefinition<T extends Sides = Sides> {
  readonly title?: string
  readonly description?: string
  readonly schema: Schema<T['parsed'], T['input']>
  /** The capabilities that are left when it is configured in this way; undefined for all. */
  readonly capabilities?: readonly string[]
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
  readonly secrets: { readonly [K in T['secrets']]: { readonly description?: string; readonly optional?: boolean } }
  readonly identifier: IntegrationProps['identifier']
  readonly attributes: Readonly<Record<string, string>>
  readonly __advanced: IntegrationProps['__advanced']
}

/** Reads what an integration declares. */
export function readIntegration(props: IntegrationProps): IntegrationData {
  return {
    name: props.name,
    version: props.version ?? developmentVersion,
    title: props.title ?? props.name,
    description: props.description ?? '',
    icon: props.icon,
    readme: props.readme,
    configuration: props.configuration && (Object.freeze({ ...props.configuration }) as ConfigurationDefinition),
    configurations: Object.freeze(
      mapValues(
        props.configurations,
        (configuration: ConfigurationProps) => Object.freeze({ ...configuration }) as ConfigurationDefinition,
      ),
    ),
    entities: Object.freeze(
      mapValues(props.entities, (entity, name) => Object.freeze({ ...entity, name }) as EntityDefinition),
    ),
    actions: mapValues(props.actions, (action, name) => readAction(name, action as never)),
    events: mapValues(props.events, (event) => Object.freeze({ ...event }) as EventDefinition),
    channels: mapValues(
      props.channels,
      (channel) => Object.freeze({ ...channel, messages: Object.freeze({ ...channel.messages }) }) as ChannelDefinition,
    ),
    states: Object.freeze(mapValues(props.states, (state) => Object.freeze({ ...state }) as never)),
    user: Object.freeze({ tags: Object.freeze({ ...props.user?.tags }) }),
    secrets: Object.freeze({ ...props.secrets }),
    identifier: props.identifier,
    attributes: Object.freeze({ ...props.attributes }),
    __advanced: props.__advanced,
  }
}
