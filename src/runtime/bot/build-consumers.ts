import type { Container } from '../../container/container.ts'
import type { InstalledPlugin } from '../../definition/bot-data.ts'
import type { ConsumerData } from '../../definition/consumer-data.ts'
import type { Problem } from '../../errors/index.ts'
import type { CallServices } from '../calls/integration-action.ts'
import type { NeedSlot } from '../calls/interface-client.ts'
import type { Composition } from '../composition/compose.ts'
import { type Environment, resolveConfiguration } from '../composition/resolve-configuration.ts'
import { resolveSecrets } from '../composition/resolve-secrets.ts'
import { Consumer, type ConsumerOptions } from '../consumers/consumer.ts'
import { services } from '../services.ts'
import { resolveTools } from '../tools/resolve-tools.ts'
import { toolsFor } from '../tools/tools-for.ts'
import type { BotCore } from './core.ts'
import { installedActions, installedCall } from './installed-actions.ts'

/** What the consumers of a bot are made from. */
export interface ConsumerParts {
  readonly core: BotCore
  readonly composition: Pick<Composition, 'plugins'>
  /** The bot's own code; undefined where it has none. */
  readonly implementation: ConsumerOptions['implementation']
  readonly environment: Environment
  /** The needs of each consumer that are bound, by its alias. */
  readonly slots: ReadonlyMap<string, ReadonlyMap<string, NeedSlot>>
  readonly calls: CallServices
  readonly scope: Container
}

/** What came of it: the bot's own code, undefined where it cannot be made, and all that does not fit. */
export interface BuiltConsumers {
  readonly own: Consumer | undefined
  readonly problems: readonly Problem[]
}

/** Makes the plugins of a bot, in the order in which they were installed, and then its own code, into `core.consumers`. */
export function buildConsumers(parts: ConsumerParts): BuiltConsumers {
  const { core, composition, implementation } = parts
  const problems: Problem[] = []
  for (const { alias, definition, implementation: code, ...given } of composition.plugins)
    build(parts, problems, alias, definition, code, given)
  const own = build(parts, problems, 'bot', core.definition, implementation, { configuration: {}, tools: [] })
  return { own, problems }
}

function build(
  { core, environment, slots, calls, scope }: ConsumerParts,
  problems: Problem[],
  alias: string,
  definition: ConsumerData,
  implementation: ConsumerOptions['implementation'],
  { configuration: written, tools: given }: Pick<InstalledPlugin, 'configuration' | 'tools'>,
): Consumer | undefined {
  const { botId, botUserId, fileLimit, installation, installations, telemetry, mask } = core
  const isBot = alias === 'bot'
  const subject = isBot ? 'the bot' : `plugin '${alias}'`
  const slotsOf = (consumer: string) => Object.fromEntries(slots.get(consumer) ?? [])
  const secrets = resolveSecrets(alias, subject, definition.secrets, environment)
  const { tools, problems: unfit } = resolveTools(
    { alias, tools: given },
    { bot: core.definition, installations, slotsOf },
  )
  mask.add(...Object.values(secrets.value))
  problems.push(...unfit, ...secrets.problems)
  if (Object.keys(definition.needs).some((need) => !slots.get(alias)?.has(need))) {
    // Without its needs a consumer has no entities, but what else is wrong with it can be said.
    const schema = definition.configuration?.schema
    if (typeof schema !== 'function')
      problems.push(...resolveConfiguration(alias, subject, schema, written, environment).problems)
    return undefined
  }
  const consumer = new Consumer({
    alias,
    definition,
    implementation,
    written,
    secrets: secrets.value,
    slots: slotsOf(alias),
    scope: scope
      .createScope(isBot ? 'own code' : `plugin "${alias}"`)
      .registerValue(services.logger, core.loggerFor(isBot ? {} : { plugin: alias })),
    environment,
    botId,
    botUserId,
    fileLimit,
    installation,
    telemetry,
    mask,
    read: (streamed) => core.drafts.read(streamed),
    actionsFor: isBot ? installedActions(core, calls, alias) : () => ({}),
    toolsFor: toolsFor(tools, {
      mask,
      consumer: (name) => core.consumers.find((one) => one.alias === name),
      integrationCall: installedCall(core, calls, alias),
    }),
  })
  problems.push(...consumer.configure())
  mask.add(...consumer.masked)
  core.consumers.push(consumer)
  return consumer
}
