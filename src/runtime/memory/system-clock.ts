import { PlugboardError } from '../../errors/index.ts'
import type { Clock } from '../ports/clock.ts'

/** The time of the machine. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds, signal) =>
    new Promise((resolve, reject) => {
      const aborted = (): void => {
        clearTimeout(timer)
        const reason: unknown = signal?.reason
        const isSaid = PlugboardError.isInstance(reason) && reason.code === 'aborted'
        reject(isSaid ? reason : new PlugboardError({ code: 'aborted', message: 'the wait was aborted' }))
      }
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', aborted)
        resolve()
      }, milliseconds)
      if (signal?.aborted) aborted()
      else signal?.addEventListener('abort', aborted, { once: true })
    }),
}
