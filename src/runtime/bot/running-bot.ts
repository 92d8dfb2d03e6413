import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Container } from '../../container/container.ts'
import type { BoundClient, ConsumerTypes } from '../../definition/consumer.ts'
import type { InstalledActions } from '../../implementation/consumer-handlers.ts'
import type { LooseIntegrationTypes } from '../../implementation/loose-handlers.ts'
import type { IntegrationClient } from '../../implementation/integration-client.ts'
import { PlugboardError } from '../../errors/index.ts'
import type { RequestHead, WebhookRequest, WebhookResponse } from '../../implementation/request.ts'
import type { CallObserver } from '../calls/call-observer.ts'
import { interfaceClients } from '../calls/interface-client.ts'
import type { Installation } from '../composition/installation.ts'
import type { Consumer } from '../consumers/consumer.ts'
import { HandlerRun } from '../consumers/handler-run.ts'
import { mapValues } from '../../definition/member-definitions.ts'
import { BotMetrics } from '../metrics/bot-metrics.ts'
import type { Trace } from '../ports/span-store.ts'
import type { DeadLetter } from '../ports/lane-store.ts'
import type { Bindings } from './bindings.ts'
import { limitFrom } from '../clients/found.ts'
import type { FailureObserver } from '../pipeline/handler-failure.ts'
import { wakeAll } from '../pipeline/wake-all.ts'
import type { Page } from '../../implementation/records.ts'
import { applyEffects } from './call-services.ts'
import { History, type PageRequest } from './history.ts'
import { inPath } from '../identification/shared-path.ts'
import type { SharedWebhook } from '../identification/shared-webhook.ts'
import type { AuthorizationLink, OAuthFlow } from '../oauth/oauth-flow.ts'
import type { Registrar } from '../integrations/registrar.ts'
import type { BotCore } from './core.ts'
import { type InstallationReport, reportInstallation } from './installation-report.ts'
import { bodyLimitOf, handleWebhook } from './webhooks.ts'

/** What a running bot is made of. */
export interface RunningParts {
  readonly core: BotCore
  readonly scope: Container
  readonly bindings: Bindings
  /** The bot's own code. */
  readonly own: Consumer
  /** The actions of what is installed, for each call of one. */
  actionsFor(run: HandlerRun): object
  readonly registrar: Registrar
  readonly shared: SharedWebhook
  readonly oauth: OAuthFlow
}

/** Whether a bot works. */
export interface Readiness {
  readonly ready: boolean
  /** Whether the store answers. */
  readonly store: boolean
  /** Whether this process takes up what waits. */
  readonly worker: boolean
}

/** Milliseconds in which a store that works has answered. */
const longestLook = 2000

/** Which traces. */
export interface TraceFilter extends PageRequest {
  /** Those that have to do with this conversation. Default: all. */
  readonly conversationId?: string | undefined
}

/** A bot that runs. Made by `startBot()`. */
export class RunningBot<
  TIntegrations = object,
  TPlugins = object,
  TOwn extends ConsumerTypes = ConsumerTypes,
> implements AsyncDisposable {
  readonly id: string
  readonly name: string
  /** The base of the webhook URLs. */
  readonly url: string
  /** The bot's own needs. */
  readonly interfaces: { readonly [K in keyof TOwn['needs']]: BoundClient<TOwn['needs'][K], K> }
  /** The actions of everything that is installed, by alias. */
  readonly actions: InstalledActions<TIntegrations & TPlugins>
  /** What the needs are bound to. */
  readonly bindings: Bindings
  /** What was said. */
  readonly history: History
  readonly #core: BotCore
  readonly #registrar: Registrar
  readonly #shared: SharedWebhook
  readonly #oauth: OAuthFlow
  readonly #scope: Container
  #metrics: BotMetrics | undefined
  #stopped: Promise<void> | undefined

  constructor({ core, scope, bindings, own, actionsFor, registrar, shared, oauth }: RunningParts) {
    this.#core = core
    this.#registrar = registrar
    this.#shared = shared
    this.#oauth = oauth
    this.#scope = scope
    this.id = core.botId
    this.name = core.definition.name
    this.url = core.url
    this.bindings = bindings
    this.history = new History(core.store)
    const outside = { signal: core.stopping.signal, cutOff: false, nextKey: () => `outside/${randomUUID()}` }
    this.interfaces = interfaceClients(own.slots, outside) as never
    this.actions = this.#actionsFrom(actionsFor) as never
  }

  /** Every installation, with why those that are not active are not. */
  get installations(): readonly InstallationReport[] {
    return [...this.#core.installations.values()].map((installation) => reportInstallation(this.#core, installation))
  }

  /** The pages that installations offer to people, by the `page` among their attributes. */
  get pages(): readonly { readonly alias: string; readonly page: string }[] {
    return [...this.#core.installations.values()].flatMap(({ alias, definition, inactive }) => {
      const page = definition.attributes['page']
      return page === undefined || inactive !== undefined ? [] : [{ alias, page: `${alias}${page}` }]
    })
  }

  /**
   * Handles a request to an integration's webhook.
   * @param alias The installation.
   */
  receive(alias: string, request: WebhookRequest): Promise<WebhookResponse> {
    this.#assertRunning()
    return handleWebhook(this.#core, alias, request)
  }

  /** The longest body of a request to an integration's webhook, in bytes, where the integration says one. */
  bodyLimit(alias: string, head: RequestHead): number | undefined {
    return bodyLimitOf(this.#core, alias, head)
  }

  /**
   * Handles a request to the webhook that the installations of an integration share.
   * @param integration Its name; a slash in it may stand as a dot, as it does in the URL.
   */
  async receiveShared(integration: string, request: WebhookRequest): Promise<WebhookResponse> {
    this.#assertRunning()
    const segment = inPath(integration)
    return (await this.#oauth.answer(segment, request)) ?? this.#shared.handle(segment, request)
  }

  /**
   * A link by which somebody can give an installation access to an account on its platform, once and within an hour. It is for
   * an operator: whoever has it can give access to an account of theirs.
   * @throws {PlugboardError} with the code `installation_unknown`, `installation_inactive`, `oauth_undeclared`, `oauth_invalid` or
   *   `secret_key_missing`.
   */
  async authorize(alias: string): Promise<AuthorizationLink> {
    this.#assertRunning()
    return this.#oauth.link(this.#installation(alias))
  }

  /**
   * Gives back the access that somebody has given an installation: its tokens are thrown away, and the platform takes them back
   * where the integration says how it is asked to (`revocationUrl`). Gives whether it did.
   * @throws {PlugboardError} with the code `installation_unknown` or `oauth_undeclared`, or that says why the platform cannot be
   *   asked; the tokens are kept then.
   */
  async revoke(alias: string): Promise<boolean> {
    this.#assertRunning()
    return this.#core.authorizations.revoke(this.#installation(alias))
  }

  /**
   * The client that an installation's own handlers have: for what brings messages in without a webhook.
   * @throws {PlugboardError} with the code `installation_unknown`.
   */
  clientOf(alias: string): IntegrationClient<LooseIntegrationTypes> {
    return this.#core.clientOf(this.#installation(alias))
  }

  /**
   * Registers an installation with its platform at once, whether it is registered or not. Gives how it stands then.
   * @throws {PlugboardError} with the code `installation_unknown`.
   */
  async register(alias: string): Promise<InstallationReport> {
    this.#assertRunning()
    const installation = this.#installation(alias)
    await this.#registrar.retry(installation)
    return reportInstallation(this.#core, installation)
  }

  /** Tells of every call of an integration that has ended. Gives a function that ends it. */
  observe(observer: CallObserver): () => void {
    this.#core.observers.add(observer)
    return () => void this.#core.observers.delete(observer)
  }

  /**
   * Tells, within the process, of every handler that fails, with the error as it was thrown: for tests. Gives a function that
   * ends it.
   */
  observeFailures(observer: FailureObserver): () => void {
    this.#core.failureObservers.add(observer)
    return () => void this.#core.failureObservers.delete(observer)
  }

  /** What the bot does, counted from when this was first read: a server reads it with its first request. */
  get metrics(): BotMetrics {
    const { definition, observers, telemetry, store } = this.#core
    this.#metrics ??= new BotMetrics({
      bot: definition.name,
      observeCalls: (observer) => void observers.add(observer),
      observe: (observer) => void telemetry.observe(observer),
      backlog: () => store.backlog(),
    })
    return this.#metrics
  }

  /**
   * What was done, from what came in or was asked for to its end; the newest first. Empty unless the bot was started with
   * `traces`. What this process did is there at once, what others did within about a second.
   */
  async traces({ conversationId, cursor, limit }: TraceFilter = {}): Promise<Page<Trace>> {
    const { spans, store } = this.#core
    await spans?.flush()
    return store.listTraces({ conversationId, cursor, limit: limitFrom(limit) })
  }

  /** Whether it works: the store answers within two seconds, and has heard of this process within a lease. */
  async readiness(): Promise<Readiness> {
    const { store, alive } = this.#core
    const late = new AbortController()
    const answers = await Promise.race([
      store.lookAhead().then(
        () => true,
        () => false,
      ),
      sleep(longestLook, false, { signal: late.signal, ref: false }).catch(() => false),
    ])
    late.abort()
    const worker = !this.#stopped && alive()
    return { ready: answers && worker, store: answers, worker }
  }

  /**
   * Resolves when everything that came in has been handled and everything that goes out was sent, workflows that go on at once
   * and what is tried again included. What is to happen later by itself is not waited for: a workflow that goes on `after` some
   * time, a state that expires, a recurring event.
   */
  idle(): Promise<void> {
    return this.#core.queue.idle()
  }

  /** What failed for good, the oldest first. */
  deadLetters({ cursor, limit }: PageRequest = {}): Promise<Page<DeadLetter>> {
    return this.#core.store.listDeadLetters({ cursor, limit: limitFrom(limit) })
  }

  /**
   * Tries again what failed for good, behind what waits in its conversation.
   * @throws {PlugboardError} with the code `dead_letter_unknown`.
   */
  async retryDeadLetter(id: string): Promise<void> {
    this.#assertRunning()
    await wakeAll(this.#core.queue, await this.#core.store.retryDeadLetter(id))
  }

  /** Stops: takes nothing more, aborts what runs, and closes everything. A second call is the same stop. */
  stop(): Promise<void> {
    this.#stopped ??= this.#stop()
    return this.#stopped
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop()
  }

  async #stop(): Promise<void> {
    this.#core.stopping.abort(new PlugboardError({ code: 'not_running', message: `bot '${this.name}' is stopping` }))
    await this.#scope[Symbol.asyncDispose]()
  }

  #installation(alias: string): Installation {
    const installation = this.#core.installation(alias)
    if (installation) return installation
    throw new PlugboardError({
      code: 'installation_unknown',
      message: `there is no installation '${alias}'; there are ${[...this.#core.installations.keys()].join(', ') || 'none'}`,
    })
  }

  #assertRunning(): void {
    if (this.#stopped) throw new PlugboardError({ code: 'not_running', message: `bot '${this.name}' has stopped` })
  }

  async #applied(running: Promise<unknown>, alias: string, run: HandlerRun): Promise<unknown> {
    try {
      const output = await running
      await applyEffects(this.#core, alias, run)
      return output
    } catch (error) {
      await this.#core.drafts.settle(run, [])
      throw error
    }
  }

  /** Each call is a run of its own, whose effects are stored when it ends. */
  #actionsFrom(actionsFor: (run: HandlerRun) => object): object {
    const { signal } = this.#core.stopping
    const shape = actionsFor(new HandlerRun('shape', signal)) as Record<string, Record<string, unknown>>
    return mapValues(shape, (functions, alias) =>
      mapValues(functions, (_, name) => (input: unknown, options?: object) => {
        this.#assertRunning()
        const run = new HandlerRun(`outside/${randomUUID()}`, signal, { outside: true })
        const actions = actionsFor(run) as Record<string, Record<string, (input: unknown, options?: object) => unknown>>
        const result = actions[alias]?.[name]?.(input, options)
        return result instanceof Promise ? this.#applied(result, alias, run) : result
      }),
    )
  }
}

/** What the HTTP endpoints need of a bot. */
export type ServedBot = Pick<
  RunningBot,
  | 'name'
  | 'pages'
  | 'receive'
  | 'bodyLimit'
  | 'receiveShared'
  | 'authorize'
  | 'revoke'
  | 'bindings'
  | 'installations'
  | 'metrics'
  | 'register'
  | 'history'
  | 'traces'
  | 'deadLetters'
  | 'retryDeadLetter'
  | 'readiness'
>
