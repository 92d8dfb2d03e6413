import { setTimeout as sleep } from 'node:timers/promises'
import { deleted } from './deletions.ts'
import { FolderWatch } from './folder-watch.ts'
import { look, type Looked } from './look.ts'
import { rootOf } from './place.ts'
import type { ListenProps } from './props.ts'
import { firstLook } from './seen.ts'

/** Milliseconds between two looks at least, in which whoever writes may come to an end. */
const shortestPause = 500
/** How many times as long as a look took nothing is looked at. */
const rest = 5

/** Tells of what changes in the folder, as long as the bot runs, and at its beginning of what has changed since it last ran. */
export async function listen(props: ListenProps): Promise<void> {
  const { client, configuration, signal } = props
  const root = await rootOf(configuration)
  const seen = await firstLook(props)
  let woken = new AbortController()
  const wake = (): void => woken.abort()
  using watch = new FolderWatch(root, wake)
  const leave = client.subscribe({ topic: deleted, hear: wake, missed: wake })
  try {
    for (let looked: Looked | undefined; !signal.aborted;) {
      // What wakes during the look was perhaps not seen by it.
      woken = new AbortController()
      const start = performance.now()
      // The folder may have gone, with the disk that it was on, or be another one: that deletes nothing.
      if ((await rootOf(configuration)) !== root) return
      looked = await look(props, root, seen, looked)
      const isQuiet = !watch.follow(looked.folders) && looked.unsettled.size === 0
      await pause(Math.max(shortestPause, rest * (performance.now() - start)), [signal])
      if (isQuiet) await pause(configuration.lookEvery * 1000, [signal, woken.signal])
    }
  } finally {
    leave()
  }
}

async function pause(milliseconds: number, signals: AbortSignal[]): Promise<void> {
  await sleep(milliseconds, undefined, { signal: AbortSignal.any(signals) }).catch(() => {})
}
