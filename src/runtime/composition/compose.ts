import type { SolvedNeed } from '../../container/needs/solve-need.ts'
import { solveNeeds } from '../../container/needs/solve-needs.ts'
import { aliasOf } from '../../definition/binding.ts'
import type { BotData, InstalledPlugin } from '../../definition/bot-data.ts'
import { PlugboardError, type Problem } from '../../errors/index.ts'
import { Installation } from './installation.ts'
import { loadReports } from './proof.ts'
import { loadIntegration, loadPlugin } from './load-implementation.ts'
import { type Configured, requestedBindings } from './requested-bindings.ts'
import type { Environment } from './resolve-configuration.ts'

/** The parts of a bot: its installations, its needs with what meets them, and everything that does not fit. */
export interface Composition {
  readonly installations: readonly Installation[]
  /** The plugins, with their code where it could be loaded. */
  readonly plugins: readonly LoadedPlugin[]
  readonly needs: readonly SolvedNeed[]
  readonly problems: readonly Problem[]
}
export interface LoadedPlugin extends InstalledPlugin {
  readonly implementation: Awaited<ReturnType<typeof loadPlugin>> | undefined
}

/**
 * Composes a bot: resolves configuration, loads the plugins and the integrations that are active, and meets every need.
 * What does not fit is left out, so that everything else that does not fit is found too.
 */
export async function compose(
  bot: BotData,
  configured: Configured,
  environment: Environment,
  now: () => number,
): Promise<Composition> {
  const demandsSuite = [configured.overrides.require, configured.bindings.require].includes('suite')
  const problems: Problem[] = []
  const installations = bot.integrations.map((installed) => new Installation(bot.name, installed, environment))
  for (const installation of installations) {
    if (installation.inactive !== undefined) continue
    const handlers = await collecting(problems, installation.alias, () => loadIntegration(installation.definition))
    if (handlers) installation.implementedBy(handlers)
    if (demandsSuite)
      installation.provedBy(await loadReports(installation.definition), () =>
        new Date(now()).toISOString().slice(0, 10),
      )
  }
  const plugins: LoadedPlugin[] = []
  for (const installed of bot.plugins) {
    const implementation = await collecting(problems, installed.alias, () => loadPlugin(installed.definition))
    plugins.push({ ...installed, implementation })
  }

  const { requests, problems: bindingProblems } = requestedBindings(bot, configured, environment)
  problems.push(...bindingProblems)
  const { needs, problems: needProblems } = solveNeeds(requests, installations)
  // A cause is told once: by the first need that it keeps from being met, else by itself.
  const told = new Set<string>()
  for (const problem of needProblems) {
    let { message } = problem
    for (const { inactive } of installations) {
      if (inactive === undefined || !message.includes(inactive)) continue
      if (told.has(inactive)) message = message.replace(`: ${inactive}`, ', as above')
      told.add(inactive)
    }
    problems.push({ ...problem, message })
  }
  const demanded = new Set(installations.filter(({ hasChannels }) => hasChannels).map(({ alias }) => alias))
  for (const { tools } of bot.plugins) for (const { alias } of tools) demanded.add(alias)
  for (const { bindings } of requests)
    for (const dependency of bindings[0]?.binding.to ?? []) demanded.add(aliasOf(dependency))
  const incomplete = installations.filter(
    ({ alias, enabled, inactive }) => demanded.has(alias) && enabled && inactive !== undefined && !told.has(inactive),
  )
  problems.push(...incomplete.flatMap((installation) => installation.problems))
  return { installations, plugins, needs, problems }
}

/** What is loaded; undefined if it does not fit its definition, which is among the problems then. */
async function collecting<T>(problems: Problem[], alias: string, load: () => Promise<T>): Promise<T | undefined> {
  try {
    return await load()
  } catch (error) {
    if (!PlugboardError.isInstance(error) || !('problems' in error)) throw error
    for (const problem of error.problems as readonly Problem[])
      problems.push({ ...problem, path: `${alias}.${problem.path}` })
    return undefined
  }
}
