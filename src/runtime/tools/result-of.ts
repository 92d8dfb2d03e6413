import type { z } from 'zod'
import { type ErrorCode, PlugboardError } from '../../errors/index.ts'
import type { ToolResult } from '../../implementation/tool.ts'
import type { SecretMask } from '../secrets/secret-mask.ts'

/** Errors after which nobody knows what came of the call, or that end more than the call. */
const ending: ReadonlySet<ErrorCode> = new Set(['aborted', 'not_running', 'lease_lost', 'store_failed'])

/** Errors whose message is meant for whoever made the call. What others say is of the bot's own inside. */
const telling: ReadonlySet<ErrorCode> = new Set([
  'input_invalid',
  'entity_invalid',
  'entity_stale',
  'capability_missing',
  'vendor_refused',
])

/** What came of a call, as a model may read it. Throws what is no answer of the action. */
export async function resultOf(
  call: () => Promise<unknown>,
  { signal, mask }: { readonly signal: AbortSignal; readonly mask: SecretMask },
): Promise<ToolResult> {
  try {
    return { output: mask.data(plain(await call())) as z.core.util.JSONType }
  } catch (error) {
    const code = PlugboardError.isInstance(error) ? error.code : 'handler_failed'
    if (signal.aborted || ending.has(code)) throw error
    const message = telling.has(code) ? mask.text((error as Error).message) : 'the action failed'
    return { error: { code, message } }
  }
}

/** An output as JSON can hold it. */
function plain(output: unknown): unknown {
  const text = JSON.stringify(output, function (this: Record<string, unknown>, key: string, value: unknown) {
    // What has a toJSON of its own is itself only in the object that holds it.
    const inner = this[key]
    if (inner instanceof Uint8Array) return `[${inner.length} bytes]`
    return typeof value === 'bigint' ? String(value) : value
  })
  return text === undefined ? null : (JSON.parse(text) as unknown)
}
