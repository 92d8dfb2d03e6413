import { randomUUID } from 'node:crypto'
import type { BotData } from '../../definition/bot-data.ts'
import type { LooseIntegrationTypes } from '../../implementation/loose-handlers.ts'
import type { IntegrationClient } from '../../implementation/integration-client.ts'
import type { Logger } from '../../implementation/logger.ts'
import type { ContextFactory } from '../calls/integration-action.ts'
import type { CallObserver } from '../calls/call-observer.ts'
import { type Intake, integrationClient } from '../clients/integration-client.ts'
import type { Installation } from '../composition/installation.ts'
import type { Consumer } from '../consumers/consumer.ts'
import { Drafts } from '../drafts/drafts.ts'
import { Pauses } from '../limits/pauses.ts'
import { wakeAll } from '../pipeline/wake-all.ts'
import { observedIntake } from './observed-intake.ts'
import type { Authorizations } from '../oauth/authorizations.ts'
import type { Announcer } from '../ports/announcer.ts'
import type { Clock } from '../ports/clock.ts'
import type { Queue } from '../ports/queue.ts'
import type { Claim } from '../ports/claim.ts'
import type { Store } from '../ports/store.ts'
import type { SecretMask } from '../secrets/secret-mask.ts'
import type { FailureObserver } from '../pipeline/handler-failure.ts'
import type { Vault } from '../secrets/vault.ts'
import type { SpanWriter } from '../telemetry/span-writer.ts'
import type { Telemetry } from '../telemetry/telemetry.ts'

/** What the parts of one running bot share. */
export class BotCore {
  readonly definition: BotData
  readonly botId: string
  /** The user that the bot is in its conversations. */
  readonly botUserId: string
  /** The most bytes that a file may have. */
  readonly fileLimit: number
  /** Milliseconds that a handler has. */
  readonly timeout: number
  readonly store: Store
  readonly queue: Queue
  readonly clock: Clock
  readonly announcer: Announcer
  /** The base of the webhook URLs. */
  readonly url: string
  readonly installations: ReadonlyMap<string, Installation>
  /** Plugins in the order in which they were installed, then the bot's own code. */
  readonly consumers: Consumer[] = []
  readonly observers = new Set<CallObserver>()
  readonly failureObservers = new Set<FailureObserver>()
  readonly stopping: AbortController
  readonly drafts = new Drafts(this)
  readonly pauses: Pauses
  readonly loggerFor: (place: object) => Logger
  readonly mask: SecretMask
  readonly telemetry: Telemetry
  /** Keeps spans in the store; undefined where that is not wanted. */
  readonly spans: SpanWriter | undefined
  /** The secrets that the store keeps. */
  readonly vault: Vault
  readonly authorizations: Authorizations
  /** Whether this process works: set when it begins to. */
  alive = (): boolean => false
  readonly #clients = new Map<string, IntegrationClient<LooseIntegrationTypes>>()
  readonly #loggers = new Map<string, Logger>()

  constructor(
    parts: Pick<
      BotCore,
      | 'definition'
      | 'botId'
      | 'botUserId'
      | 'fileLimit'
      | 'store'
      | 'queue'
      | 'clock'
      | 'announcer'
      | 'url'
      | 'installations'
      | 'loggerFor'
      | 'mask'
      | 'telemetry'
      | 'timeout'
      | 'spans'
      | 'vault'
      | 'authorizations'
      | 'stopping'
    >,
  ) {
    this.definition = parts.definition
    this.botId = parts.botId
    this.botUserId = parts.botUserId
    this.fileLimit = parts.fileLimit
    this.store = parts.store
    this.queue = parts.queue
    this.clock = parts.clock
    this.announcer = parts.announcer
    this.url = parts.url
    this.installations = parts.installations
    this.loggerFor = parts.loggerFor
    this.mask = parts.mask
    this.telemetry = parts.telemetry
    this.timeout = parts.timeout
    this.spans = parts.spans
    this.vault = parts.vault
    this.stopping = parts.stopping
    this.authorizations = parts.authorizations
    this.pauses = new Pauses(parts)
  }

  readonly installation = (alias: string): Installation | undefined => this.installations.get(alias)

  webhookUrl({ alias }: Installation): string {
    return `${this.url}/${alias}/webhook`
  }

  loggerOf({ alias }: Installation): Logger {
    const logger = this.#loggers.get(alias) ?? this.loggerFor({ integration: alias })
    this.#loggers.set(alias, logger)
    return logger
  }

  /** Makes what every handler of an installation receives, beside its input. What does not change is looked up once. */
  readonly contextOf = (installation: Installation): ContextFactory => {
    const { alias, id, configuration, configurationType = null, secrets } = installation
    const client = this.clientOf(installation)
    const logger = this.loggerOf(installation)
    const webhookUrl = this.webhookUrl(installation)
    return (signal, idempotencyKey) => ({
      ctx: {
        botId: this.botId,
        integrationId: id,
        integrationAlias: alias,
        configuration,
        configurationType,
        secrets,
        idempotencyKey,
      },
      configuration,
      client,
      logger,
      webhookUrl,
      signal,
    })
  }

  readonly contextFor = (installation: Installation, signal: AbortSignal, idempotencyKey: string): object =>
    this.contextOf(installation)(signal, idempotencyKey)

  /**
   * The client of an installation.
   * @param intake Where what comes in waits for the end of the request.
   * @param claim Held where only its holder may change what is known of the installation.
   */
  clientOf(installation: Installation, intake?: Intake, claim?: Claim): IntegrationClient<LooseIntegrationTypes> {
    const make = (): IntegrationClient<LooseIntegrationTypes> =>
      integrationClient({
        installation,
        store: this.store,
        clock: this.clock,
        announcer: this.announcer,
        logger: this.loggerOf(installation),
        fileLimit: this.fileLimit,
        webhookUrl: this.webhookUrl(installation),
        context: (signal = this.stopping.signal) => this.contextFor(installation, signal, `file/${randomUUID()}`),
        accessToken: (options) => this.authorizations.accessToken(installation, options),
        intake,
        claim,
        receive: async (brought) => void (await this.receive(installation, brought, undefined)),
      })
    if (intake || claim) return make()
    const client = this.#clients.get(installation.alias) ?? make()
    this.#clients.set(installation.alias, client)
    return client
  }

  /** Stores what came in, and wakes its lanes. Gives false for a delivery that was stored before. */
  async receive(installation: Installation, intake: Intake, key: string | undefined): Promise<boolean> {
    const { alias } = installation
    const lanes = await observedIntake(this.telemetry, installation, intake, (trace) =>
      this.store.receive({ key, origin: alias, ...intake, trace }),
    )
    if (!lanes) return false
    await wakeAll(this.queue, lanes)
    return true
  }
}
