import { setTimeout as sleep } from 'node:timers/promises'
import { apiOf } from './api.ts'
import type { ListenProps } from './props.ts'
import { setWebhook } from './registration.ts'

/** Milliseconds between two looks. */
const pause = 3_600_000

/**
 * Looks, at start and every hour, whether Telegram still sends updates to the bot: whoever polls with its token for a moment, such
 * as a developer at home, takes the webhook away, and nobody is told. What Telegram could not deliver is told to the log.
 */
export async function keepWebhook(props: ListenProps): Promise<void> {
  const { logger, signal, webhookUrl } = props
  while (!signal.aborted) {
    try {
      const { url, last_error_date: failed = 0, last_error_message: why } = await apiOf(props).getWebhookInfo()
      if (url !== webhookUrl) {
        logger.warn('Telegram sent updates elsewhere, or nowhere, and is told again where the bot is', { url })
        await setWebhook(props)
      } else if (Date.now() - failed * 1000 < pause) logger.warn('Telegram could not deliver an update', { why })
    } catch (error) {
      if (!signal.aborted) logger.warn('whether Telegram sends updates to the bot is not known', { error })
    }
    await sleep(pause, undefined, { signal }).catch(() => {})
  }
}
