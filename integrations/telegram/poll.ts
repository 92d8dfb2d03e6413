import { setTimeout as sleep } from 'node:timers/promises'
import { PlugboardError } from 'plugboard'
import type { Update } from 'grammy/types'
import { apiOf } from './api.ts'
import { takeUpdate, wanted } from './incoming/take-update.ts'
import { keepWebhook } from './keep-webhook.ts'
import type { ListenProps } from './props.ts'
import { deliveryOf } from './respond.ts'

/** Seconds that Telegram holds a call open until there is something to tell. */
const patience = 30
/** A server that does not hold it open is asked once a second. */
const shortestPause = 1000
/** After a week without updates Telegram may number them anew, lower than before. */
const positionHolds = 6 * 86_400_000

/** Asks Telegram for updates as long as the bot runs. Where it was stays with what was taken, in the same transaction. */
export async function poll(props: ListenProps): Promise<void> {
  if (props.ctx.configurationType !== 'polling') return keepWebhook(props)
  const api = apiOf(props)
  while (!props.signal.aborted) {
    const begin = performance.now()
    const offset = await position(props)
    const updates = await api.getUpdates({
      timeout: patience,
      allowed_updates: [...wanted],
      ...(offset !== undefined && { offset }),
    })
    if (!Array.isArray(updates))
      throw new PlugboardError({
        code: 'vendor_failed',
        message: 'Telegram answered getUpdates with what are no updates',
        retryable: true,
      })
    for (const update of updates) await take(props, update)
    if (updates.length === 0 && performance.now() - begin < shortestPause)
      await sleep(shortestPause, undefined, { signal: props.signal })
  }
}

async function position(props: ListenProps): Promise<number | undefined> {
  const { state } = await props.client.getState({ name: 'position' })
  // Another token may be that of another bot, whose updates are numbered otherwise: lower ones would be lost.
  if (!state || state.payload.bot !== botOf(props) || Date.now() - state.payload.at > positionHolds) return undefined
  return state.payload.next
}

/** A token begins with the id of its bot. */
const botOf = ({ configuration }: ListenProps): string | undefined => configuration.botToken.split(':')[0]

async function take(props: ListenProps, update: Update): Promise<void> {
  const place = {
    name: 'position',
    payload: { next: update.update_id + 1, at: Date.now(), bot: botOf(props) },
  } as const
  const isNew = await props.deliver(deliveryOf(update), async ({ client }) => {
    await takeUpdate({ ...props, client }, update)
    await client.setState(place)
  })
  // Telegram would give it again and again.
  if (!isNew) await props.client.setState(place)
}
