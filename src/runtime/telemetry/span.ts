/** What is known of a span. Names are those of OpenTelemetry's conventions where it has one, else they begin with `plugboard.`. */
export type Attributes = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>

/** What a span is begun with. */
export interface SpanStart {
  /** Says what is done, in few different words: what varies without end belongs into the attributes. */
  readonly name: string
  /** Default: `internal`. */
  readonly kind?: 'internal' | 'server' | 'client' | 'producer' | 'consumer'
  readonly attributes?: Attributes
  /** The W3C `traceparent` of what it goes on from, where that was stored. Default: what is being done now. */
  readonly parent?: string | undefined
}

/** A span that has begun. */
export interface Span {
  set(attributes: Attributes): void
  /** Notes that something happened now. */
  event(name: string, attributes?: Attributes): void
  /** Notes that what is done failed. */
  fail(error: unknown): void
}

/** A span that has ended. Secrets are masked in it. */
export interface EndedSpan {
  /** 32 hexadecimal digits. */
  readonly traceId: string
  /** 16 hexadecimal digits. */
  readonly spanId: string
  /** The span that this one is part of; undefined for the first of a trace. */
  readonly parentId: string | undefined
  /** The conversation that it belongs to; undefined where there is none. */
  readonly conversationId: string | undefined
  readonly name: string
  readonly kind: NonNullable<SpanStart['kind']>
  /** Milliseconds since 1970. */
  readonly startedAt: number
  /** Milliseconds. */
  readonly duration: number
  readonly attributes: Attributes
  readonly events: readonly SpanEvent[]
  /** Why it failed; undefined if it did not. */
  readonly error: { readonly code: string; readonly message: string } | undefined
}

/** Something that happened during a span. */
export interface SpanEvent {
  readonly name: string
  /** Milliseconds since the span began. */
  readonly after: number
  readonly attributes: Attributes
}

/** Stands for a span where nothing is traced. */
export const noSpan: Span = { set: () => {}, event: () => {}, fail: () => {} }
