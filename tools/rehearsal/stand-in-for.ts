import type { IntegrationData } from '../../src/definition/integration-data.ts'
import { type ActionDefinition, type ChannelDefinition, mapValues } from '../../src/definition/member-definitions.ts'
import type { Schema } from '../../src/definition/schema.ts'
import {
  type IntegrationDefinition,
  IntegrationImplementation,
  type PluginDefinition,
  PluginImplementation,
} from '../../src/index.ts'
import { sampleOf } from './sample-of.ts'

/** An implementation that does what its definition says, and nothing else. */
export function standInFor(definition: IntegrationDefinition | PluginDefinition): { readonly kind: string } {
  return definition.kind === 'integration'
    ? new IntegrationImplementation(definition, integrationHandlers(definition))
    : new PluginImplementation(definition, { actions: pluginActions(definition) } as never)
}

function integrationHandlers({ actions, channels }: IntegrationData): object {
  return {
    actions: mapValues(actions as Readonly<Record<string, ActionDefinition>>, ({ output, stream }) => {
      if (!stream) return async () => sampleOf(output.schema)
      return async function* () {
        yield sampleOf(stream.schema)
        return sampleOf(output.schema)
      }
    }),
    channels: mapValues(channels as Readonly<Record<string, ChannelDefinition>>, ({ messages }) => ({
      messages: mapValues(messages, () => async () => {}),
    })),
  }
}

function pluginActions({ actions }: PluginDefinition): object {
  return mapValues(
    actions,
    ({ output }) =>
      async () =>
        sampleOf(output.schema as Schema),
  )
}
