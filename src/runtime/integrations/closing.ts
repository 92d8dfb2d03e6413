import type { BotCore } from '../bot/core.ts'
import { abortion } from '../calls/located.ts'
import type { Installation } from '../composition/installation.ts'
import { deadline } from '../pipeline/deadline.ts'

/** Milliseconds that an integration has to close what it keeps open. */
const patience = 10_000

/** Has integrations close what they keep open, once nothing calls them any more. */
export class Closing implements AsyncDisposable {
  readonly #core: BotCore

  constructor(core: BotCore) {
    this.#core = core
  }

  /** A platform that does not let go holds nobody up: what it does is told in the log. */
  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#core.installations.values()].map((installation) => this.#close(installation)))
  }

  async #close(installation: Installation): Promise<void> {
    const { inactive, handlers, alias, id } = installation
    if (inactive !== undefined || !handlers?.stop) return
    const where = { integration: alias, action: 'stop' }
    const time = deadline(this.#core.clock, patience, new AbortController().signal, where)
    const abort = abortion(time.signal, where)
    try {
      const context = this.#core.contextFor(installation, time.signal, `stop/${id}`)
      await Promise.race([handlers.stop(context as never), abort.rejects])
    } catch (error) {
      this.#core.loggerOf(installation).warn('the integration did not close what it kept open', { error })
    } finally {
      abort.release()
      time.end()
    }
  }
}
