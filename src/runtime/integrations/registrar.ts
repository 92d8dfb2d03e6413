import type { Installation } from '../composition/installation.ts'
import { loadIntegration } from '../composition/load-implementation.ts'
import { abortion, located } from '../calls/located.ts'
import { developmentVersion } from '../../definition/members.ts'
import { PlugboardError, type Where } from '../../errors/index.ts'
import type { BotCore } from '../bot/core.ts'
import { deadline } from '../pipeline/deadline.ts'
import type { StoredInstallation } from '../ports/installation-store.ts'
import type { Claim } from '../ports/claim.ts'
import { tokensName } from '../oauth/tokens.ts'
import { fingerprintOf } from './fingerprint.ts'
import { underLease } from './lease.ts'
import { pauseAfter, registering, registrationFrom } from './registration.ts'

/** What the registrar works with. */
export interface RegistrarServices {
  readonly core: BotCore
  /** The name of this process among those that share the store. */
  readonly worker: string
  /** Milliseconds that `register` and `unregister` have. */
  readonly timeout: number
}

/** How an attempt ended: when there is to be another one, if there is. */
interface Outcome {
  /** Milliseconds until the next attempt; undefined where all is done. */
  readonly wait?: number
  /** Whether another process is at it. */
  readonly busy?: boolean
}

/** `first` is an attempt at start, `asked` one that someone asked for: neither waits for its time. */
type Urgency = 'first' | 'asked' | 'again'
type Attempt = (urgency: Urgency) => Promise<Outcome>

const laneOf = (alias: string): string => `register ${alias}`
/** Milliseconds between two looks at what another process does. */
const patience = 250
/** How often a platform is told that it is not needed any more. */
const mostFarewells = 10

/**
 * Registers installations with their platforms where they are new or have changed, and takes back those that are no longer
 * in the bot. Of the processes that share a store, one does it. What fails is tried again in the background.
 */
export class Registrar implements AsyncDisposable {
  readonly #core: BotCore
  readonly #worker: string
  readonly #timeout: number
  /** What is tried again, by alias. */
  readonly #pending = new Map<string, Promise<void>>()
  readonly #looking = new Map<string, Promise<void>>()

  constructor({ core, worker, timeout }: RegistrarServices) {
    this.#core = core
    this.#worker = worker
    this.#timeout = timeout
  }

  /** Tries everything once. What failed stands in the installations. */
  async start(): Promise<void> {
    const { store, installations } = this.#core
    const active = [...installations.values()].filter(needsRegistration)
    for (const installation of active) installation.registration = registering
    const gone = (await store.listInstallations()).filter((row) => this.#isGone(row))
    // What is gone may have been the same account under another name: its farewell must not undo what is registered anew.
    await Promise.all(gone.map(({ alias, integration }) => this.#begin(alias, this.#farewell(alias, integration))))
    await Promise.all(active.map((installation) => this.#begin(installation.alias, this.#register(installation))))
  }

  /** Registers an installation at once, whether it is registered or not. */
  async retry(installation: Installation): Promise<void> {
    if (!needsRegistration(installation)) return
    const attempt = this.#register(installation)
    const { wait } = await this.#unlessBusy(() => attempt('asked'))
    if (wait !== undefined) this.#later(installation.alias, attempt, wait)
  }

  /** Begins to look whether another process has registered what this one could not. */
  look(installation: Installation): void {
    const { alias } = installation
    if (!needsRegistration(installation) || installation.isRegistered || this.#looking.has(alias)) return
    const looking = this.#register(installation)('again')
      .then(
        () => {},
        (error: unknown) => this.#core.loggerOf(installation).warn('the store cannot be reached', { error }),
      )
      .finally(() => this.#looking.delete(alias))
    this.#looking.set(alias, looking)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#pending.values(), ...this.#looking.values()])
  }

  async #begin(alias: string, attempt: Attempt): Promise<void> {
    const { wait } = await this.#unlessBusy(() => attempt('first'))
    if (wait !== undefined) this.#later(alias, attempt, wait)
  }

  /** Waits for another process that is at it, and looks what has come of that. */
  async #unlessBusy(attempt: () => Promise<Outcome>): Promise<Outcome> {
    for (;;) {
      const outcome = await attempt()
      if (!outcome.busy) return outcome
      await this.#core.clock.sleep(patience, this.#core.stopping.signal)
    }
  }

  #later(alias: string, attempt: Attempt, wait: number): void {
    if (this.#pending.has(alias)) return
    const ended = this.#again(attempt, wait).finally(() => this.#pending.delete(alias))
    this.#pending.set(alias, ended)
  }

  async #again(attempt: Attempt, first: number): Promise<void> {
    const { clock, stopping, loggerFor } = this.#core
    for (let wait: number | undefined = first; wait !== undefined;) {
      try {
        await clock.sleep(wait, stopping.signal)
      } catch {
        return
      }
      try {
        ;({ wait } = await attempt('again'))
      } catch (error) {
        if (stopping.signal.aborted) return
        loggerFor({}).error('installations cannot be read or kept', { error })
        wait = 5000
      }
    }
  }

  readonly #register =
    (installation: Installation): Attempt =>
    async (urgency) => {
      const { store } = this.#core
      const done = await underLease({ store, worker: this.#worker }, laneOf(installation.alias), (claim) =>
        this.#registerOnce(installation, claim, urgency),
      )
      return done ?? { wait: patience, busy: true }
    }

  async #registerOnce(installation: Installation, claim: Claim, urgency: Urgency): Promise<Outcome> {
    const { store, clock } = this.#core
    const { alias, definition, configurationType } = installation
    const row = await store.getInstallation(alias)
    const fingerprint = fingerprintOf(installation, row?.fingerprint)
    const subject = {
      alias,
      integration: definition.name,
      version: definition.version,
      configurationType,
      fingerprint,
      webhookUrl: this.#core.webhookUrl(installation),
      registered: row?.integration === definition.name ? row.registered : undefined,
    }
    const same = row !== undefined && isSame(row, subject)
    // Of a version in the making nobody knows whether it still does what it did.
    const isMade = urgency === 'again' || definition.version !== developmentVersion
    if (urgency !== 'asked' && same && row.status === 'registered' && isMade) {
      installation.registration = registrationFrom(row)
      return {}
    }
    const early = row ? row.retryAt - clock.now() : 0
    if (urgency === 'again' && same && row.status === 'failed' && early > 0) {
      installation.registration = registrationFrom(row)
      return { wait: early }
    }
    const keep = async (
      rest: Pick<StoredInstallation, 'status' | 'failure' | 'attempts' | 'retryAt' | 'registered'>,
    ) => {
      const stored = { ...subject, ...rest }
      await store.saveInstallation(claim, stored)
      installation.registration = registrationFrom(stored)
    }
    try {
      await this.#call('register', installation, fingerprint, claim)
    } catch (error) {
      if (this.#core.stopping.signal.aborted) return {}
      const { wait, retryable: _, ...failed } = this.#failed(error, subject, same ? row.attempts : 0)
      await keep({ status: 'failed', registered: subject.registered, ...failed, retryAt: clock.now() + wait })
      this.#core.loggerOf(installation).error('the integration could not be registered and is tried again', {
        error,
        attempts: failed.attempts,
        wait,
      })
      return { wait }
    }
    await keep({ status: 'registered', registered: fingerprint, failure: undefined, attempts: 0, retryAt: 0 })
    return {}
  }

  /** Takes back what is no longer in the bot. */
  readonly #farewell =
    (alias: string, integration: string): Attempt =>
    async (urgency) => {
      const { store } = this.#core
      const done = await underLease({ store, worker: this.#worker }, laneOf(alias), async (claim): Promise<Outcome> => {
        const row = await store.getInstallation(alias)
        if (row?.integration !== integration || !this.#isGone(row)) return {}
        const early = row.retryAt - this.#core.clock.now()
        if (urgency === 'again' && early > 0) return { wait: early }
        return this.#farewellOnce(row, claim)
      })
      return done ?? { wait: patience, busy: true }
    }

  async #farewellOnce(row: StoredInstallation, claim: Claim): Promise<Outcome> {
    const { store, clock, loggerFor } = this.#core
    const { alias, integration } = row
    // What it was called goes to whoever is called so now, even while its platform cannot be told.
    await store.identify({ alias, integration }, undefined, claim)
    const logger = loggerFor({ integration: alias })
    const installation = await this.#lastKnown(row)
    if (!installation) {
      logger.warn(
        `integration '${integration}' was removed, and its configuration with it, so its platform could not be told. ` +
          'Leave an integration in the bot with `enabled: false` for one start before you take it out.',
      )
      await this.#forget(claim, alias)
      return {}
    }
    try {
      await this.#call('unregister', installation, row.fingerprint, claim)
    } catch (error) {
      if (this.#core.stopping.signal.aborted) return {}
      const { failure, wait, attempts, retryable } = this.#failed(
        error,
        row,
        row.status === 'failed' ? row.attempts : 0,
      )
      if (retryable && attempts < mostFarewells) {
        await store.saveInstallation(claim, {
          ...row,
          status: 'failed',
          failure,
          attempts,
          retryAt: clock.now() + wait,
        })
        logger.warn('what was removed could not be unregistered and is tried again', { error, attempts, wait })
        return { wait }
      }
      logger.warn('what was removed could not be unregistered', { error, attempts })
    }
    await this.#forget(claim, alias)
    return {}
  }

  async #forget(claim: Claim, alias: string): Promise<void> {
    await this.#core.vault.delete(alias, tokensName)
    await this.#core.store.removeInstallation(claim, alias)
  }

  /** An installation as it was, as far as the bot still has what it was made from: under its alias, or under another one. */
  async #lastKnown({ alias, integration, fingerprint }: StoredInstallation): Promise<Installation | undefined> {
    for (const installation of this.#core.installations.values()) {
      if (installation.definition.name !== integration || installation.problems.length > 0) continue
      const same = installation.alias === alias
      if (!same && fingerprintOf(installation, fingerprint) !== fingerprint) continue
      const known = same ? installation : installation.under(alias)
      known.handlers ??= await loadIntegration(installation.definition)
      return known
    }
    return undefined
  }

  /** Whether what the platform knows is no longer in the bot. One whose configuration is missing may come back. */
  #isGone({ alias, integration }: StoredInstallation): boolean {
    const installation = this.#core.installation(alias)
    if (!installation?.enabled || installation.definition.name !== integration) return true
    return installation.inactive === undefined && !needsRegistration(installation)
  }

  async #call(
    action: 'register' | 'unregister',
    installation: Installation,
    fingerprint: string,
    claim: Claim,
  ): Promise<void> {
    const { clock, stopping, contextFor } = this.#core
    const handler = installation.handlers?.[action]
    if (!handler) return
    const where: Where = { integration: installation.alias, action }
    const time = deadline(clock, this.#timeout, stopping.signal, where)
    const abort = abortion(time.signal, where)
    const key = `${action}/${installation.id}/${fingerprint}`
    try {
      const client = this.#core.clientOf(installation, undefined, claim)
      const context = { ...contextFor(installation, time.signal, key), client }
      await Promise.race([handler(context as never), abort.rejects])
    } finally {
      abort.release()
      time.end()
    }
  }

  #failed(error: unknown, { alias }: { alias: string }, before: number) {
    // What an author throws as it came may go better next time; an error of ours says so itself.
    const retryable = !PlugboardError.isInstance(error) || error.retryable
    const { code, message, retryAfter } = located(error, { integration: alias, action: 'register' }, undefined)
    const attempts = before + 1
    const failure = { code, message: this.#core.mask.text(message) }
    return { failure, attempts, retryable, wait: pauseAfter(attempts, { retryable, retryAfter }) }
  }
}

/** Whether something is to be done when it is installed or removed: for its platform, or with what is kept of it. */
function needsRegistration({ inactive, handlers, definition }: Installation): boolean {
  if (inactive !== undefined) return false
  const { identifier, oauth } = definition
  return [handlers?.register, handlers?.unregister, identifier, oauth].some((part) => part !== undefined)
}

const parts = ['integration', 'version', 'configurationType', 'fingerprint', 'webhookUrl'] as const
const isSame = (one: Pick<StoredInstallation, (typeof parts)[number]>, other: typeof one): boolean =>
  parts.every((part) => one[part] === other[part])
