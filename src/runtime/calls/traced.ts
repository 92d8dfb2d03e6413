import type { Calls } from '../../container/policies/call.ts'
import type { Attributes, SpanStart } from '../telemetry/span.ts'
import type { Telemetry } from '../telemetry/telemetry.ts'

/**
 * The calls, each as a span; the very same functions where nothing is traced.
 * @param told What is known of a call once its output is there.
 */
export function traced<TCalls extends Calls>(
  calls: TCalls,
  start: SpanStart,
  telemetry: Telemetry,
  told: (output: unknown) => Attributes = () => ({}),
): TCalls {
  if (!telemetry.tracer) return calls
  return {
    ...calls,
    call: (request) =>
      telemetry.span(start, async (span) => {
        const output = await calls.call(request)
        span.set(told(output))
        return output
      }),
    stream: (request) =>
      telemetry.stream(start, async function* (span) {
        const output = yield* calls.stream(request)
        span.set(told(output))
        return output
      }),
  }
}
