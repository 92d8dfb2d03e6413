import type { BotData } from '../../src/definition/bot-data.ts'
import { type ChannelDefinition, mapValues } from '../../src/definition/member-definitions.ts'
import { loaderOf } from '../../src/definition/package.ts'
import type { Schema } from '../../src/definition/schema.ts'
import { BotDefinition, BotImplementation, IntegrationDefinition, type PluginDefinition, z } from '../../src/index.ts'
import { providerOf } from './provider-of.ts'
import { sampleOf } from './sample-of.ts'
import { standInFor } from './stand-in-for.ts'

/** A bot that can be started, and what it is composed of. */
export interface Stage {
  readonly bot: object
  readonly data: BotData
}

/**
 * A bot around what a module exports, in which everything else behaves: what has no code gets a stand-in, every need a
 * provider of its own, every configuration a value, and every message an answer. A bot that is exported is taken as it is.
 * Undefined for a module that exports nothing that a bot could be made of.
 */
export function stageFor(exported: readonly unknown[]): Stage | undefined {
  const parts = exported.filter((part) => typeof part === 'object' && part !== null) as Part[]
  const own = parts.find(({ kind }) => kind === 'bot' || kind === 'bot-implementation')
  const stage = own ? { bot: own, data: (own.kind === 'bot' ? own : own.definition) as BotData } : composed(parts)
  for (const { definition } of [...(stage?.data.integrations ?? []), ...(stage?.data.plugins ?? [])]) {
    // What an exported bot has installed as if it had code gets some; what it knows to have none is the mistake.
    if (!loaderOf(definition) && (!own || 'packaged' in definition))
      definition.implementedBy(async () => ({ default: standInFor(definition) as never }))
  }
  return stage
}

type Part = { readonly kind?: unknown; readonly definition?: unknown }
/** A bot as one writes it who knows nothing of types. */
type Composing = {
  addIntegration(integration: unknown, options?: object): void
  addPlugin(plugin: unknown, options?: object): void
}

function composed(parts: readonly Part[]): Stage | undefined {
  const integrations = installable<IntegrationDefinition>(parts, 'integration')
  const plugins = installable<PluginDefinition>(parts, 'plugin')
  if (integrations.length + plugins.length === 0) return undefined
  const definition = new BotDefinition({ name: 'stage' })
  const bot = definition as unknown as Composing
  for (const integration of integrations) bot.addIntegration(integration, configured(integration.configuration?.schema))
  if (plugins.length > 0) bot.addIntegration(telephone())
  for (const plugin of plugins) installPlugin(bot, plugin)
  const implementation = new BotImplementation(definition)
  implementation.on.message('*', async ({ client, conversation }) => {
    const { integration, channel } = conversation
    const installed = definition.integrations.find(({ alias }) => alias === integration)
    const channels = installed?.definition.channels as Readonly<Record<string, ChannelDefinition>>
    for (const [type, { schema }] of Object.entries(channels[channel]?.messages ?? {}))
      await client.createMessage({
        conversationId: conversation.id,
        type,
        payload: sampleOf(schema) as Record<string, unknown>,
      })
  })
  return { bot: implementation, data: definition }
}

/** The definitions of a kind that are exported, alone or with their code. */
function installable<T extends IntegrationDefinition | PluginDefinition>(
  parts: readonly Part[],
  kind: T['kind'],
): readonly T[] {
  return parts.flatMap((part) => {
    if (part.kind === kind) return [part as T]
    if (part.kind !== `${kind}-implementation`) return []
    const definition = part.definition as T
    definition.implementedBy(async () => ({ default: part as never }))
    return [definition]
  })
}

/** Brings messages in, where a plugin is all that there is. */
function telephone(): IntegrationDefinition {
  return new IntegrationDefinition({
    name: 'telephone',
    channels: { line: { messages: { text: { schema: z.object({ text: z.string() }) } } } },
  }) as unknown as IntegrationDefinition
}

function installPlugin(bot: Composing, plugin: PluginDefinition): void {
  const providers = mapValues(plugin.needs, (need, name) => providerOf(need, `provider-of-${name}`))
  for (const provider of Object.values(providers)) bot.addIntegration(provider)
  const { schema } = plugin.configuration ?? {}
  const entities = mapValues(providers, (provider) => mapValues(provider.entities, (entity) => entity.schema))
  bot.addPlugin(plugin, {
    ...configured(typeof schema === 'function' ? schema({ entities }) : schema),
    dependencies: mapValues(providers, ({ name }) => name),
  })
}

const configured = (schema: Schema | undefined): object => (schema ? { configuration: sampleOf(schema) } : {})
