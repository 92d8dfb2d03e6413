import type { Context, Span as ApiSpan } from '@opentelemetry/api'
import type { Attributes, SpanStart } from './span.ts'
import type { TraceContext } from './trace-context.ts'

/** A span of OpenTelemetry, and the context in which it is the current one. */
export interface OpenTelemetrySpan {
  readonly context: TraceContext
  set(attributes: Attributes): void
  event(name: string, attributes: Attributes): void
  fail(code: string, error: Error): void
  end(): void
  /** Does work during which what is instrumented otherwise takes this span for its parent. */
  within<T>(work: () => T): T
  /** Begins a span that is part of this one. */
  child(start: SpanStart): OpenTelemetrySpan
}

/** Makes spans of OpenTelemetry. */
export interface OpenTelemetry {
  /** Begins a span that goes on from a stored one, or else from what is being done now. */
  start(start: SpanStart, parent: TraceContext | undefined): OpenTelemetrySpan
}

/** Where every copy of the API finds what was registered. */
const registry = Symbol.for('opentelemetry.js.api.1')

/**
 * OpenTelemetry, if an SDK was registered in this process; loading its API takes as long as a third of starting a bot, so
 * it is not done to find out that nobody listens.
 */
export async function loadOpenTelemetry(): Promise<OpenTelemetry | undefined> {
  const registered = (globalThis as { [registry]?: { trace?: unknown } })[registry]
  if (registered?.trace === undefined) return undefined
  const { context, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } = await import('@opentelemetry/api')
  const tracer = trace.getTracer('plugboard')
  const kinds = {
    internal: SpanKind.INTERNAL,
    server: SpanKind.SERVER,
    client: SpanKind.CLIENT,
    producer: SpanKind.PRODUCER,
    consumer: SpanKind.CONSUMER,
  }
  const begin = ({ name, kind = 'internal', attributes }: SpanStart, parent: Context): OpenTelemetrySpan => {
    const span = tracer.startSpan(name, { kind: kinds[kind], attributes: known(attributes ?? {}) }, parent)
    const inside = trace.setSpan(parent, span)
    return {
      context: contextOf(span),
      set: (more) => void span.setAttributes(known(more)),
      event: (what, more) => void span.addEvent(what, known(more)),
      fail: (code, error) => {
        span.recordException(error)
        span.setAttribute('error.type', code)
        span.setStatus({ code: SpanStatusCode.ERROR, message: error.message })
      },
      end: () => span.end(),
      within: (work) => context.with(inside, work),
      child: (start) => {
        // What a handler itself traces stands between: it is known where the SDK has a manager of contexts.
        const active = context.active()
        return begin(start, trace.getSpan(active) ? active : inside)
      },
    }
  }
  return {
    start: (start, parent) =>
      begin(
        start,
        parent
          ? trace.setSpanContext(ROOT_CONTEXT, {
              traceId: parent.traceId,
              spanId: parent.spanId,
              traceFlags: parent.flags,
              isRemote: true,
            })
          : context.active(),
      ),
  }
}

function contextOf(span: ApiSpan): TraceContext {
  const { traceId, spanId, traceFlags } = span.spanContext()
  return { traceId, spanId, flags: traceFlags & 1 }
}

/** Attributes without those that have no value. */
const known = (attributes: Attributes): Record<string, string | number | boolean | string[]> =>
  Object.fromEntries(Object.entries(attributes).filter((entry) => entry[1] !== undefined)) as never
