import { solveNeed, type SolvedNeed } from '../../container/needs/solve-need.ts'
import { aliasOf } from '../../definition/binding.ts'
import type { BotData } from '../../definition/bot-data.ts'
import { CompositionError, type Problem } from '../../errors/index.ts'
import { checkBot } from './check-bot.ts'
import { Installation } from './installation.ts'
import { loadIntegration } from './load-implementation.ts'
import { type BindingsConfiguration, requestedBindings } from './requested-bindings.ts'
import type { Environment } from './resolve-configuration.ts'

/** A bot whose parts fit: its installations, and its needs with what meets them. */
export interface Composition {
  readonly installations: readonly Installation[]
  readonly needs: readonly SolvedNeed[]
}

/**
 * Composes a bot: resolves configuration, loads the integrations that are active, and meets every need.
 * @throws {CompositionError} with everything that does not fit in `problems`.
 */
export async function compose(
  bot: BotData,
  configured: BindingsConfiguration,
  environment: Environment,
): Promise<Composition> {
  const structural = checkBot(bot)
  if (structural.length > 0) throw failure(bot, structural)
  const installations = bot.integrations.map((installed) => new Installation(bot.name, installed, environment))
  const active = installations.filter(({ inactive }) => inactive === undefined)
  await Promise.all(
    active.map(async (installation) => installation.implementedBy(await loadIntegration(installation.definition))),
  )

  const { requests, problems: bindingProblems } = requestedBindings(bot, configured, environment)
  const problems: Problem[] = [...bindingProblems]
  const needs: SolvedNeed[] = []
  const demanded = new Set(installations.filter(({ hasChannels }) => hasChannels).map(({ alias }) => alias))
  for (const request of requests) {
    const result = solveNeed(request, installations)
    if ('binding' in result) needs.push(result)
    else problems.push(...result)
    for (const dependency of request.bindings[0]?.binding.to ?? []) demanded.add(aliasOf(dependency))
  }
  const incomplete = installations.filter(
    ({ alias, inactive }) => demanded.has(alias) && inactive !== undefined && inactive !== 'it is disabled',
  )
  problems.push(...incomplete.flatMap((installation) => installation.problems))
  if (problems.length > 0) throw failure(bot, problems)
  return { installations, needs }
}

const failure = (bot: BotData, problems: readonly Problem[]): CompositionError =>
  new CompositionError(`bot '${bot.name}'`, problems, { bot: bot.name })
