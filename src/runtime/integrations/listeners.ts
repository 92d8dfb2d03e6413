import { PlugboardError } from '../../errors/index.ts'
import type { BotCore } from '../bot/core.ts'
import { abortion, located } from '../calls/located.ts'
import type { AnyHandlers, Installation } from '../composition/installation.ts'
import type { Claim } from '../ports/claim.ts'
import { listenerDelivery } from './listener-delivery.ts'
import { underLease } from './lease.ts'
import { pauseAfter } from './registration.ts'

/** What listeners work with. */
export interface ListenerServices {
  readonly core: BotCore
  /** The name of this process among those that share the store. */
  readonly worker: string
  /** Milliseconds after which a process that says nothing is taken for dead. */
  readonly lease: number
}

type Listen = NonNullable<AnyHandlers['listen']>

/** One that has listened for so long in milliseconds was well: what ends it then is no failure in a row. */
const wellAfter = 60_000

/** Runs what asks platforms for what they do not send by themselves: each in one process at a time, and again when it ends. */
export class Listeners implements AsyncDisposable {
  readonly #services: ListenerServices
  #running: readonly Promise<void>[] = []

  constructor(services: ListenerServices) {
    this.#services = services
  }

  start(): void {
    this.#running = [...this.#services.core.installations.values()].flatMap((installation) => {
      const { inactive, handlers } = installation
      return inactive === undefined && handlers?.listen ? [this.#keepListening(installation, handlers.listen)] : []
    })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#running)
  }

  async #keepListening(installation: Installation, listen: Listen): Promise<void> {
    const { core, lease } = this.#services
    const { clock, stopping } = core
    for (let attempts = 0; ;) {
      try {
        const outcome = await this.#asTheOnlyOne(installation, listen)
        attempts = outcome ? (outcome.well ? 1 : attempts + 1) : 0
        // Where another process listens, this one looks now and then whether that is still alive.
        const wait = outcome ? this.#pause(installation, attempts, outcome.error) : lease / 3
        await clock.sleep(wait, stopping.signal)
      } catch (error) {
        if (stopping.signal.aborted) return
        core.loggerOf(installation).error('the store cannot be reached', { error })
        await clock.sleep(lease / 3, stopping.signal).catch(() => {})
      }
    }
  }

  #pause(installation: Installation, attempts: number, error: unknown): number {
    const retryAfter = PlugboardError.isInstance(error) ? error.retryAfter : undefined
    const wait = pauseAfter(attempts, { retryable: true, retryAfter })
    const logger = this.#services.core.loggerOf(installation)
    const details = { attempts, wait, ...(error !== undefined && { error }) }
    logger.warn(
      `what listens to the platform ${error === undefined ? 'has ended' : 'failed'} and is begun again`,
      details,
    )
    return wait
  }

  /** Listens as long as it goes; gives undefined at once if another process does, or if the platform does not know the bot yet, or gave it no access. */
  async #asTheOnlyOne(
    installation: Installation,
    listen: Listen,
  ): Promise<{ error: unknown; well: boolean } | undefined> {
    const { core, worker } = this.#services
    const { clock, store } = core
    if (!installation.mayListen) return undefined
    return underLease({ store, worker }, `listen ${installation.alias}`, async (claim) => {
      const start = clock.now()
      let error: unknown
      try {
        await this.#listen(installation, listen, claim)
      } catch (thrown) {
        if (core.stopping.signal.aborted) throw thrown
        error = thrown
      }
      return { error, well: clock.now() - start >= wellAfter }
    })
  }

  async #listen(installation: Installation, listen: Listen, claim: Claim): Promise<void> {
    const { core } = this.#services
    const where = { integration: installation.alias, action: 'listen' }
    const ending = new AbortController()
    const signal = AbortSignal.any([core.stopping.signal, ending.signal])
    const guarding = this.#guard(claim, ending)
    const abort = abortion(signal, where)
    try {
      const context = core.contextFor(installation, signal, `listen/${installation.id}`)
      const deliver = listenerDelivery(core, installation, signal)
      await Promise.race([listen({ ...context, deliver } as never), abort.rejects])
    } catch (error) {
      throw located(error, where, signal)
    } finally {
      abort.release()
      ending.abort()
      await guarding
    }
  }

  /** Ends the listening when another process has taken it over: this one was taken for dead. */
  async #guard(claim: Claim, ending: AbortController): Promise<void> {
    const { core, lease } = this.#services
    const { clock, store, stopping } = core
    const over = AbortSignal.any([ending.signal, stopping.signal])
    while (!over.aborted) {
      await clock.sleep(lease / 3, over).catch(() => {})
      // A store that cannot be reached tells nothing; what is delivered fails then by itself.
      const holds = over.aborted || (await store.holds(claim).catch(() => true))
      if (!holds)
        ending.abort(
          new PlugboardError({ code: 'lease_lost', message: 'another process listens: this one was taken for dead' }),
        )
    }
  }
}
