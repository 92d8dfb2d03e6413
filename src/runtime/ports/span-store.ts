import type { Page } from '../../implementation/records.ts'
import type { EndedSpan } from '../telemetry/span.ts'

/** What happened to something that came in or was asked for, from its beginning to its end. */
export interface Trace {
  /** 32 hexadecimal digits. */
  readonly id: string
  /** ISO 8601, in UTC: when its first span began. */
  readonly startedAt: string
  /** Milliseconds from the beginning of its first span to the end of its last, as far as they are kept. */
  readonly duration: number
  /** Whether a span of it failed. */
  readonly failed: boolean
  /** In the order in which they began. */
  readonly spans: readonly EndedSpan[]
}

/** The spans that are kept, to be looked at. */
export interface SpanStore {
  saveSpans(spans: readonly EndedSpan[]): Promise<void>
  /** Forgets the spans that were saved before a time, in milliseconds since 1970, and the oldest where there are more than so many. */
  forgetSpans(before: number, most: number): Promise<void>
  /** Traces with all of their spans, the newest first. */
  listTraces(filter: {
    /** Those with a span in this conversation. */
    conversationId?: string | undefined
    cursor?: string | undefined
    limit: number
  }): Promise<Page<Trace>>
}
