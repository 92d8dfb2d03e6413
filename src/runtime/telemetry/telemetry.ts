import { AsyncLocalStorage } from 'node:async_hooks'
import type { Occurrence, OccurrenceObserver } from './occurrence.ts'
import { type Attributes, noSpan, type Span, type SpanStart } from './span.ts'
import type { OpenSpan, Tracer } from './tracer.ts'

/** What is being done: for which part of the bot and which conversation, and under which span. */
interface Situation {
  readonly place: object
  readonly span: OpenSpan | undefined
}

/**
 * What a bot tells of its work. Whatever is done within a situation knows it, however deep: lines of the log carry its
 * place, and spans are part of its span. There is one for each bot of a process.
 */
export class Telemetry {
  readonly #situations = new AsyncLocalStorage<Situation>()
  readonly #observers = new Set<OccurrenceObserver>()
  /** Undefined where nothing is traced. */
  readonly tracer: Tracer | undefined

  constructor(tracer?: Tracer) {
    this.tracer = tracer
  }

  /** What every line of the log that is written now carries. */
  readonly place = (): object => {
    const situation = this.#situations.getStore()
    if (!situation) return {}
    const { place, span } = situation
    // By the names that OpenTelemetry gives them outside of its own protocol.
    return span ? { ...place, trace_id: span.context.traceId, span_id: span.context.spanId } : place
  }

  /** What is being done, to be stored with what is to be done later; undefined where nothing is traced. */
  get traceparent(): string | undefined {
    return this.#situations.getStore()?.span?.traceparent
  }

  /** Does work at a place, as a span. */
  within<T>(place: object, start: SpanStart, work: (span: Span) => Promise<T>): Promise<T> {
    const outer = this.#situations.getStore()
    const both = { ...outer?.place, ...place }
    if (!this.tracer) return this.#situations.run({ place: both, span: undefined }, () => work(noSpan))
    return this.#spanned(both, this.tracer.start(start, outer?.span, both), work)
  }

  /** Does work as a span, at the place where it is. Costs nothing where nothing is traced. */
  span<T>(start: SpanStart, work: (span: Span) => Promise<T>): Promise<T> {
    if (!this.tracer) return work(noSpan)
    const { place = {}, span } = this.#situations.getStore() ?? {}
    return this.#spanned(place, this.tracer.start(start, span, place), work)
  }

  /** Notes in the current span that something happened now. */
  event(name: string, attributes: Attributes): void {
    this.#situations.getStore()?.span?.event(name, attributes)
  }

  /** Reads a stream as a span, which ends when the stream does. */
  async *stream<T, R>(start: SpanStart, open: (span: Span) => AsyncGenerator<T, R, void>): AsyncGenerator<T, R, void> {
    if (!this.tracer) return yield* open(noSpan)
    const outer = this.#situations.getStore()
    const place = outer?.place ?? {}
    const span = this.tracer.start(start, outer?.span, place)
    // A generator goes on in the situation of whoever asks for its next item, which need not be this one.
    const inside = <V>(work: () => V): V => this.#inside({ place, span }, work)
    let items: AsyncGenerator<T, R, void> | undefined
    let ended = false
    try {
      const opened = inside(() => open(span))
      items = opened
      for (;;) {
        const step = await inside(() => opened.next())
        if (step.done) {
          ended = true
          return step.value
        }
        yield step.value
      }
    } catch (error) {
      ended = true
      span.fail(error)
      throw error
    } finally {
      if (!ended) {
        span.set({ 'plugboard.stream.left': true })
        await inside(async () => items?.return(undefined as never))
      }
      span.end()
    }
  }

  /** Tells of everything that happens. Gives a function that ends it. */
  observe(observer: OccurrenceObserver): () => void {
    this.#observers.add(observer)
    return () => void this.#observers.delete(observer)
  }

  note(occurrence: Occurrence): void {
    for (const observer of this.#observers) observer(occurrence)
  }

  async #spanned<T>(place: object, span: OpenSpan, work: (span: Span) => Promise<T>): Promise<T> {
    try {
      return await this.#inside({ place, span }, () => work(span))
    } catch (error) {
      span.fail(error)
      throw error
    } finally {
      span.end()
    }
  }

  #inside<T>(situation: Situation, work: () => T): T {
    const { span } = situation
    return this.#situations.run(situation, () => (span?.api ? span.api.within(work) : work()))
  }
}
