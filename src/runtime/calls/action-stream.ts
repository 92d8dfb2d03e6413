import type { ActionStream } from '../../definition/consumer.ts'
import { PlugboardError } from '../../errors/index.ts'

/**
 * The stream of one call, by the law that all interfaces share: it ends in exactly one of done, error and aborted.
 * Leaving the loop early aborts the call.
 */
export class RunningStream implements ActionStream<unknown, unknown> {
  readonly #start: (signal: AbortSignal) => AsyncGenerator<unknown, unknown, void>
  readonly #signal: AbortSignal | undefined
  readonly #left = new AbortController()
  readonly #output: Promise<unknown>
  #settle: { resolve(output: unknown): void; reject(error: unknown): void } = { resolve: () => {}, reject: () => {} }
  #begun = false

  constructor(start: (signal: AbortSignal) => AsyncGenerator<unknown, unknown, void>, signal: AbortSignal | undefined) {
    this.#start = start
    this.#signal = signal
    this.#output = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject }
    })
    this.#output.catch(() => {})
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<unknown, void, void> {
    if (this.#begun) throw new PlugboardError({ code: 'stream_broken', message: 'a stream can be read only once' })
    this.#begun = true
    let ended = false
    let items: AsyncGenerator<unknown, unknown, void> | undefined
    try {
      items = this.#start(this.#signal ? AbortSignal.any([this.#signal, this.#left.signal]) : this.#left.signal)
      for (;;) {
        const step = await items.next()
        if (step.done) {
          ended = true
          this.#settle.resolve(step.value)
          return
        }
        yield step.value
      }
    } catch (error) {
      ended = true
      this.#settle.reject(error)
      throw error
    } finally {
      if (!ended) {
        const error = new PlugboardError({ code: 'aborted', message: 'the reader left the stream before its end' })
        this.#left.abort(error)
        this.#settle.reject(error)
        // Between two items nobody listens to the signal: the generator is woken, so that it can tidy up.
        items?.return(undefined).catch(() => {})
      }
    }
  }

  async output(): Promise<unknown> {
    if (!this.#begun) for await (const _ of this) continue
    return this.#output
  }
}
