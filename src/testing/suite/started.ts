import { setTimeout as sleep } from 'node:timers/promises'
import type { RunningBot } from 'plugboard/runtime'
import type { Subject } from './subject.ts'
import { waitsOf } from './suite-options.ts'

/** The bot that starts, for which is waited three times as long as for an answer; once one did not start, as long as for an abort. */
export async function started(subject: Subject, starting: Promise<RunningBot>): Promise<RunningBot> {
  const { patience, timeout } = waitsOf(subject.options)
  const limit = subject.silent.has(starts) ? patience : 3 * timeout
  const running = await unlessLate(starting, limit)
  if (running) return running
  subject.silent.add(starts)
  // It must not be left running, should it start all the same.
  starting.then(
    (bot) => bot.stop(),
    () => {},
  )
  throw new Error(`no answer within ${limit} ms`)
}
/** What stands for the start of a bot among the actions that do not answer: no action can be called so. */
const starts = '(start)'

/** What is waited for; undefined where it takes longer. */
export async function unlessLate<T>(waited: Promise<T>, milliseconds: number): Promise<T | undefined> {
  const late = new AbortController()
  try {
    return await Promise.race([waited, sleep(milliseconds, undefined, { signal: late.signal }).catch(() => undefined)])
  } finally {
    late.abort()
  }
}
