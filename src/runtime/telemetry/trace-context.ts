import { randomBytes } from 'node:crypto'

/** What tells a span from all others, and whether it is recorded. */
export interface TraceContext {
  /** 32 hexadecimal digits. */
  readonly traceId: string
  /** 16 hexadecimal digits. */
  readonly spanId: string
  /** 1 if the trace is recorded, else 0. */
  readonly flags: number
}

/** The context of a new span: of the trace of its parent, or of a trace of its own. */
export const newContext = (parent: TraceContext | undefined): TraceContext => ({
  traceId: parent?.traceId ?? randomBytes(16).toString('hex'),
  spanId: randomBytes(8).toString('hex'),
  flags: parent?.flags ?? 1,
})

/** As the header `traceparent` of the W3C has it: https://www.w3.org/TR/trace-context/#traceparent-header. */
export const formatTraceparent = ({ traceId, spanId, flags }: TraceContext): string =>
  `00-${traceId}-${spanId}-${flags.toString(16).padStart(2, '0')}`

const pattern = /^[\da-f]{2}-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})/

/** Reads a `traceparent`; undefined if it is none. */
export function parseTraceparent(text: string | undefined): TraceContext | undefined {
  const [, traceId = '', spanId = '', flags = ''] = pattern.exec(text ?? '') ?? []
  // All zeroes mean that there is none.
  if (!/[^0]/.test(traceId) || !/[^0]/.test(spanId)) return undefined
  return { traceId, spanId, flags: Number.parseInt(flags, 16) & 1 }
}
