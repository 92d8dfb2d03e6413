import { createHash } from 'node:crypto'
import { Container } from '../../container/container.ts'
import type { BotData } from '../../definition/bot-data.ts'
import type { BotTypes } from '../../definition/bot-definition.ts'
import type { ConsumerTypes } from '../../definition/consumer.ts'
import type { Carrier } from '../../definition/members.ts'
import { CompositionError, type Problem } from '../../errors/index.ts'
import { bindNeed } from '../calls/bound-need.ts'
import type { NeedSlot } from '../calls/interface-client.ts'
import { compose } from '../composition/compose.ts'
import type { ActionFunctions } from '../consumers/consumer.ts'
import { warnOfUnheard } from '../consumers/warn-of-unheard.ts'
import { checkScripts } from '../identification/check-scripts.ts'
import { ScriptRunner } from '../identification/script-runner.ts'
import { SharedWebhook } from '../identification/shared-webhook.ts'
import { Closing } from '../integrations/closing.ts'
import { Listeners } from '../integrations/listeners.ts'
import { Registrar } from '../integrations/registrar.ts'
import { warnOfGuards } from '../integrations/webhook-guards.ts'
import { createLogger, standardError } from '../masked-logger.ts'
import { asksForAccess, Authorizations } from '../oauth/authorizations.ts'
import { OAuthFlow } from '../oauth/oauth-flow.ts'
import { IncomingPipeline } from '../pipeline/incoming.ts'
import { laneWorker } from '../pipeline/lane-worker.ts'
import { OutgoingPipeline } from '../pipeline/outgoing.ts'
import { warnOfUnknownSecrets } from '../secrets/declared-secrets.ts'
import { masterKeyFrom } from '../secrets/master-key.ts'
import { SecretMask } from '../secrets/secret-mask.ts'
import { withStoredSecrets } from '../secrets/stored-secrets.ts'
import { Vault } from '../secrets/vault.ts'
import { heardStates, recurrencesOf } from '../schedule/consumer-times.ts'
import { RecurringEvents } from '../schedule/recurring-events.ts'
import { Timekeeper } from '../schedule/timekeeper.ts'
import { services } from '../services.ts'
import { SpanWriter } from '../telemetry/span-writer.ts'
import { startTelemetry } from '../telemetry/start-telemetry.ts'
import { Bindings } from './bindings.ts'
import { buildConsumers } from './build-consumers.ts'
import { callServices, hookedActions } from './call-services.ts'
import { parts } from './parts.ts'
import { BotCore } from './core.ts'
import { Heartbeat } from './heartbeat.ts'
import { installedActions } from './installed-actions.ts'
import { openPorts, type Ports } from './open-ports.ts'
import { RunningBot } from './running-bot.ts'
import type { StartOptions } from './start-options.ts'

/**
 * Starts a bot: composes it, loads what is installed, registers the integrations with their platforms and begins to work.
 * Takes a bot's implementation, or its definition if it has no code of its own. An integration that could not be registered
 * does not stop the others: `installations` of the running bot tells why, and it is tried again.
 * @throws {CompositionError} with everything that does not fit in `problems`. Nothing is started then.
 */
export async function startBot<TIntegrations, TPlugins, TOwn extends ConsumerTypes>(
  bot: Carrier<BotTypes<TIntegrations, TPlugins, TOwn>>,
  options: StartOptions = {},
): Promise<RunningBot<TIntegrations, TPlugins, TOwn>> {
  const {
    url = 'http://127.0.0.1:3000',
    log = standardError(),
    retries = {},
    handlerTimeout: timeout = 60_000,
    lease = 15_000,
    fileLimit = 10 * 1024 * 1024,
    retention = 30 * 86_400_000,
  } = options
  const given = bot as never as
    | BotData
    | {
        readonly definition: BotData
        readonly registered: never
        readonly handlers: { readonly actions?: ActionFunctions }
      }
  const [definition, implementation] = 'definition' in given ? [given.definition, given] : [given, undefined]
  const ports = await openPorts(definition.name, options)
  const { composition, environment, vault, values } = await composeFrom(ports, definition, options)
  const { plugins } = composition
  const mask = new SecretMask([...values, ...composition.installations.flatMap((installation) => installation.masked)])
  const { clock, store, queue } = ports
  const { traces = false } = options
  const spans = traces
    ? new SpanWriter({ store, clock, logger: () => loggerFor({}) }, traces === true ? {} : traces)
    : undefined
  const telemetry = await startTelemetry({
    openTelemetry: options.openTelemetry ?? true,
    keep: spans?.keep,
    mask,
    now: () => clock.now(),
  })
  const loggerFor = (place: object) => createLogger(log, { bot: definition.name, ...place }, mask, telemetry.place)
  const root = new Container()
    .registerValue(parts.ports, ports, { dispose: true })
    .registerValue(services.clock, clock)
    .registerValue(services.store, store)
    .registerValue(services.queue, queue)
  if (spans) root.registerValue(parts.spans, spans, { dispose: true })
  const scope = root.createScope(`bot "${definition.name}"`).registerValue(services.logger, loggerFor({}))

  const botId = createHash('sha256').update(definition.name).digest('hex').slice(0, 24)
  const botUser = await store.getOrCreateUser({
    owner: 'bot',
    identity: { bot: botId },
    tags: { bot: botId },
    name: definition.title,
  })
  const stopping = new AbortController()
  const installations = new Map(composition.installations.map((installation) => [installation.alias, installation]))
  const authorizations = new Authorizations({
    store,
    vault,
    clock,
    mask,
    stopping: stopping.signal,
    worker: () => heartbeat.worker,
    loggerOf: ({ alias }) => loggerFor({ integration: alias }),
  })
  const core = new BotCore({
    authorizations,
    stopping,
    definition,
    botId,
    botUserId: botUser.id,
    fileLimit,
    store,
    queue,
    clock,
    announcer: ports.announcer,
    url: url.replace(/\/$/, ''),
    installations,
    loggerFor,
    mask,
    telemetry,
    timeout,
    spans,
    vault,
  })
  const implementations = [
    ...plugins.flatMap((plugin) => plugin.implementation ?? []),
    ...(implementation ? [implementation] : []),
  ]
  const calls = callServices(core, hookedActions(implementations))

  const slots = new Map<string, Map<string, NeedSlot>>()
  for (const solved of composition.needs) {
    const ofConsumer = slots.get(solved.consumer) ?? new Map<string, NeedSlot>()
    slots.set(solved.consumer, ofConsumer.set(solved.name, { current: bindNeed(solved, 1, calls) }))
  }

  // Before all that makes calls, so that it is closed after them.
  scope.registerValue(parts.closing, new Closing(core), { dispose: true })
  const scripts = new ScriptRunner()
  scope.registerValue(parts.scripts, scripts, { dispose: true })
  const problems: Problem[] = [...composition.problems, ...(await checkScripts(composition.installations, scripts))]
  const { own, problems: unfit } = buildConsumers({
    core,
    composition,
    implementation,
    environment,
    slots,
    calls,
    scope,
  })
  problems.push(...unfit)
  // Also before it is refused: one that is misspelt is what is missing then.
  warnOfUnknownSecrets(definition, options.environment ?? process.env, loggerFor({}))
  if (problems.length > 0 || !own) {
    await root[Symbol.asyncDispose]()
    throw new CompositionError(`bot '${definition.name}'`, problems, { bot: definition.name })
  }

  const pipeline = {
    consumers: core.consumers,
    signal: core.stopping.signal,
    store,
    queue,
    clock,
    retries,
    timeout,
    mask,
    telemetry,
    logger: loggerFor({}),
    drafts: core.drafts,
    pauses: core.pauses,
  }
  const incoming = new IncomingPipeline({ ...pipeline, failureObservers: core.failureObservers })
  const outgoing = new OutgoingPipeline({
    ...pipeline,
    installation: core.installation,
    contextFor: core.contextFor,
  })
  const bindings = new Bindings(slots, {
    installations: composition.installations,
    calls,
    store,
    announcer: ports.announcer,
    logger: loggerFor({}),
    consumer: (alias) => core.consumers.find((consumer) => consumer.alias === alias),
  })
  scope.registerValue(parts.bindings, bindings, { dispose: true })
  await Promise.all([bindings.follow(), core.pauses.follow()])
  bindings.warnOfOverridden()
  const heartbeat: Heartbeat = new Heartbeat({
    store,
    queue,
    clock,
    lease,
    logger: loggerFor({}),
    stopping: core.stopping.signal,
    also: async () => {
      await Promise.all([bindings.follow(), core.pauses.follow()])
      // Another process may have been given access, and have registered what this one could not.
      await authorizations.follow(installations.values())
      if (options.platforms ?? true)
        for (const installation of installations.values()) if (asksForAccess(installation)) registrar.look(installation)
    },
  })
  const registrar = new Registrar({ core, worker: heartbeat.worker, timeout })
  scope.registerValue(parts.heartbeat, heartbeat, { dispose: true })
  scope.registerValue(parts.registrar, registrar, { dispose: true })
  const listeners = new Listeners({ core, worker: heartbeat.worker, lease })
  scope.registerValue(parts.listeners, listeners, { dispose: true })
  const timekeeper = new Timekeeper({
    store,
    queue,
    clock,
    logger: loggerFor({}),
    stopping: core.stopping.signal,
    heard: core.consumers.flatMap(heardStates),
    retention,
    recurring: new RecurringEvents(
      store,
      core.consumers.flatMap((consumer) => recurrencesOf(consumer, clock)),
    ),
  })
  scope.registerValue(parts.timekeeper, timekeeper, { dispose: true })
  const running = new RunningBot<TIntegrations, TPlugins, TOwn>({
    core,
    scope: root,
    bindings,
    own,
    actionsFor: installedActions(core, calls, 'outside'),
    registrar,
    shared: new SharedWebhook(core, scripts),
    oauth: new OAuthFlow(core, registrar),
  })
  for (const installation of installations.values()) warnOfGuards(installation, core.loggerOf(installation))
  warnOfUnheard(core.consumers, composition.installations)
  try {
    await heartbeat.live()
    core.alive = () => heartbeat.alive
    await authorizations.follow(installations.values())
    // Which of its own needs may be bound to nothing is known to its author alone.
    await options.beforeRegistering?.(running as unknown as RunningBot)
    if (options.platforms ?? true) await registrar.start()
    core.stopping.signal.throwIfAborted()
    await heartbeat.start(
      laneWorker({ store, clock, incoming, outgoing, stopping: core.stopping.signal, worker: heartbeat.worker }),
    )
    await timekeeper.start()
    if (options.platforms ?? true) listeners.start()
  } catch (error) {
    await running.stop()
    throw error
  }
  return running
}

/** Composes a bot with the secrets that are kept for it, where the environment does not say otherwise. Closes the ports if that fails. */
async function composeFrom(
  ports: Ports,
  definition: BotData,
  { environment: given = process.env, bindings = {}, overrides = {} }: StartOptions,
) {
  try {
    const vault = await Vault.open(ports.store, await masterKeyFrom(given))
    const { environment, values } = await withStoredSecrets(given, vault)
    const now = () => ports.clock.now()
    const composition = await compose(definition, { overrides, bindings }, environment, now)
    return { composition, environment, vault, values }
  } catch (error) {
    await ports[Symbol.asyncDispose]()
    throw error
  }
}
