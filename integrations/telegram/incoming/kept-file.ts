import { setTimeout as sleep } from 'node:timers/promises'
import { PlugboardError } from 'plugboard'
import type { TelegramProps } from '../props.ts'
import type { Content } from './content.ts'

/** Milliseconds before another attempt. */
const pauses = [500, 2000]

/**
 * Keeps a copy of a file. Gives its key; undefined where there is none. No message waits for its file: what Telegram does not give now
 * is read from it whenever it is asked for, and everything that is told afterwards would wait with it.
 */
export async function keptFile(props: TelegramProps, file: NonNullable<Content['file']>): Promise<string | undefined> {
  const { client, logger, signal } = props
  for (let failed = 0; ; failed += 1) {
    try {
      return await client.keepFile(file, { signal })
    } catch (error) {
      if (signal.aborted || (PlugboardError.isInstance(error) && !error.retryable)) throw error
      const pause = pauses[failed]
      if (pause === undefined) {
        logger.warn('Telegram does not give a file that somebody sent: its message comes without a copy', { error })
        return undefined
      }
      await sleep(pause, undefined, { signal })
    }
  }
}
