import type { Logger } from '../../implementation/logger.ts'
import type { Clock } from '../ports/clock.ts'
import type { SpanStore } from '../ports/span-store.ts'
import type { EndedSpan } from './span.ts'

/** For how long spans are kept in the store. */
export interface TraceOptions {
  /** Milliseconds. Default: seven days. */
  age?: number
  /** How many spans, a message having about ten. Default: 50,000. */
  most?: number
}

/** What the writer works with. */
export interface SpanWriterServices {
  readonly store: SpanStore
  readonly clock: Clock
  logger(): Logger
}

/** Milliseconds for which spans are gathered, so that they are saved together. */
const gathering = 1000
/** How many spans are saved at once. */
const batch = 200
/** How many may wait where the store is slow; what is more is dropped. */
const mostWaiting = 10_000
/** How many are saved before old ones are forgotten. */
const forgetting = 2000

/** Keeps spans in the store, together and later: what they tell of does not wait for it. */
export class SpanWriter implements AsyncDisposable {
  readonly #services: SpanWriterServices
  readonly #age: number
  readonly #most: number
  readonly #closing = new AbortController()
  readonly #waiting: EndedSpan[] = []
  #writing: Promise<void> | undefined
  /** Old ones are forgotten when the first are saved, too. */
  #sinceForgetting = forgetting

  constructor(services: SpanWriterServices, { age = 7 * 86_400_000, most = 50_000 }: TraceOptions = {}) {
    this.#services = services
    this.#age = age
    this.#most = most
  }

  readonly keep = (span: EndedSpan): void => {
    if (this.#waiting.length >= mostWaiting) return
    this.#waiting.push(span)
    this.#writing ??= this.#write()
  }

  /** Saves what waits now. */
  async flush(): Promise<void> {
    while (this.#waiting.length > 0) await this.#save(this.#waiting.splice(0, batch))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort()
    await this.#writing
    await this.flush()
  }

  async #write(): Promise<void> {
    const { signal } = this.#closing
    do {
      if (!signal.aborted) await this.#services.clock.sleep(gathering, signal).catch(() => undefined)
      await this.flush()
    } while (this.#waiting.length > 0)
    this.#writing = undefined
  }

  async #save(spans: readonly EndedSpan[]): Promise<void> {
    const { store, clock } = this.#services
    try {
      await store.saveSpans(spans)
      this.#sinceForgetting += spans.length
      if (this.#sinceForgetting < forgetting) return
      this.#sinceForgetting = 0
      await store.forgetSpans(clock.now() - this.#age, this.#most)
    } catch (error) {
      // What happens is not made to fail by what is told of it.
      if (!this.#closing.signal.aborted)
        this.#services.logger().warn(`${spans.length} spans could not be kept`, { error })
    }
  }
}
