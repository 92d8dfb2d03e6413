import { PlugboardError } from '../../errors/index.ts'
import type { SecretMask } from '../secrets/secret-mask.ts'
import type { OpenTelemetry, OpenTelemetrySpan } from './open-telemetry.ts'
import type { Attributes, EndedSpan, Span, SpanEvent, SpanStart } from './span.ts'
import { formatTraceparent, newContext, parseTraceparent, type TraceContext } from './trace-context.ts'

/** What spans are made with. */
export interface TracerServices {
  /** Milliseconds since 1970. */
  now(): number
  readonly mask: SecretMask
  readonly openTelemetry: OpenTelemetry | undefined
  /** Takes the spans that have ended; undefined where nobody keeps them. */
  readonly keep: ((span: EndedSpan) => void) | undefined
}

/** Makes spans: those of OpenTelemetry, those that are kept in the store, or both under the same ids. */
export class Tracer {
  readonly #services: TracerServices

  constructor(services: TracerServices) {
    this.#services = services
  }

  /**
   * Begins a span. It must be ended.
   * @param place What lines of the log say of where it is.
   */
  start(start: SpanStart, within: OpenSpan | undefined, place: object): OpenSpan {
    const { openTelemetry } = this.#services
    const stored = parseTraceparent(start.parent)
    const shown = this.#masked(start)
    const api = stored === undefined && within?.api ? within.api.child(shown) : openTelemetry?.start(shown, stored)
    return new OpenSpan(this.#services, shown, stored ?? within?.context, api, place)
  }

  #masked(start: SpanStart): SpanStart {
    const { mask } = this.#services
    return { ...start, name: mask.text(start.name), attributes: mask.data(start.attributes ?? {}) as Attributes }
  }
}

/** A span that has begun and has not ended. */
export class OpenSpan implements Span {
  readonly context: TraceContext
  readonly api: OpenTelemetrySpan | undefined
  readonly #services: TracerServices
  readonly #start: SpanStart
  readonly #place: { readonly conversationId?: string }
  readonly #parentId: string | undefined
  readonly #startedAt: number
  readonly #startedOn = performance.now()
  readonly #events: SpanEvent[] = []
  #attributes: Attributes
  #error: EndedSpan['error']

  constructor(
    services: TracerServices,
    start: SpanStart,
    parent: TraceContext | undefined,
    api: OpenTelemetrySpan | undefined,
    place: object,
  ) {
    this.#services = services
    this.#start = start
    this.#place = place
    this.#attributes = start.attributes ?? {}
    this.#startedAt = services.now()
    this.api = api
    this.context = api?.context ?? newContext(parent)
    // A parent of another trace is none of ours: OpenTelemetry may have begun anew, or gone on from what we do not know.
    this.#parentId = parent?.traceId === this.context.traceId ? parent.spanId : undefined
  }

  get traceparent(): string {
    return formatTraceparent(this.context)
  }

  set(attributes: Attributes): void {
    const shown = this.#services.mask.data(attributes) as Attributes
    this.#attributes = { ...this.#attributes, ...shown }
    this.api?.set(shown)
  }

  event(name: string, attributes: Attributes = {}): void {
    const shown = this.#services.mask.data(attributes) as Attributes
    this.#events.push({ name, after: performance.now() - this.#startedOn, attributes: shown })
    this.api?.event(name, shown)
  }

  fail(error: unknown): void {
    const { mask } = this.#services
    const given = error instanceof Error ? error : new Error(String(error))
    const code = PlugboardError.isInstance(error) ? error.code : given.name
    const shown = Object.assign(new Error(mask.text(given.message)), { name: given.name })
    shown.stack = mask.text(given.stack ?? '')
    this.#error = { code, message: shown.message }
    this.#attributes = { ...this.#attributes, 'error.type': code }
    this.api?.fail(code, shown)
  }

  end(): void {
    this.api?.end()
    const { name, kind = 'internal' } = this.#start
    this.#services.keep?.({
      traceId: this.context.traceId,
      spanId: this.context.spanId,
      parentId: this.#parentId,
      conversationId:
        this.#place.conversationId ?? (this.#attributes['messaging.message.conversation_id'] as string | undefined),
      name,
      kind,
      startedAt: this.#startedAt,
      duration: performance.now() - this.#startedOn,
      attributes: this.#attributes,
      events: this.#events,
      error: this.#error,
    })
  }
}
