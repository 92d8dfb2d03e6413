import type { SecretMask } from '../secrets/secret-mask.ts'
import { loadOpenTelemetry } from './open-telemetry.ts'
import type { EndedSpan } from './span.ts'
import { Telemetry } from './telemetry.ts'
import { Tracer } from './tracer.ts'

/** What a bot's telemetry is made from. */
export interface TelemetryOptions {
  /** Whether spans are made with OpenTelemetry, if an SDK is registered. */
  readonly openTelemetry: boolean
  /** Takes the spans that have ended; undefined where nobody keeps them. */
  readonly keep: ((span: EndedSpan) => void) | undefined
  readonly mask: SecretMask
  now(): number
}

/** The telemetry of a bot. Without an SDK and without anybody who keeps spans, nothing is traced. */
export async function startTelemetry({ openTelemetry, keep, mask, now }: TelemetryOptions): Promise<Telemetry> {
  const api = openTelemetry ? await loadOpenTelemetry() : undefined
  return new Telemetry(api || keep ? new Tracer({ now, mask, openTelemetry: api, keep }) : undefined)
}
