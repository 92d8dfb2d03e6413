import { setTimeout } from 'node:timers/promises'
import { PlugboardError } from 'plugboard'

/**
 * Waits so many milliseconds; not at all for 0.
 * @throws {PlugboardError} with the code `aborted`, as soon as the signal says so.
 */
export async function pause(milliseconds: number, signal: AbortSignal, integration: string): Promise<void> {
  try {
    if (milliseconds > 0 && !signal.aborted) await setTimeout(milliseconds, undefined, { signal })
  } catch (error) {
    if (!signal.aborted) throw error
  }
  if (signal.aborted) {
    throw new PlugboardError({
      code: 'aborted',
      message: 'the call was aborted by its caller',
      where: { integration },
      cause: signal.reason,
    })
  }
}
