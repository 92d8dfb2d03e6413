import { sqliteStore, startBot } from 'plugboard/runtime'
import { echoBot, signatureOf } from './echo-bot.ts'
import { processorTimeOf } from './processor-time.ts'

// What a message costs in a process that does nothing else. Prints what it measured as JSON.

const { COST_STORE, COST_MESSAGES = '1000', COST_ROOMS = '100', DATABASE_URL, COST_DATABASE } = process.env
const [messages, rooms, atOnce] = [Number(COST_MESSAGES), Number(COST_ROOMS), 16]
/** Spreads what is written over all rooms, so that no part of the store is warmer than it would be. */
const stride = 7919

const shown = new Map<string, (at: number) => void>()
const bot = echoBot((text) => {
  shown.get(text)?.(performance.now())
  shown.delete(text)
})
const store = COST_STORE === undefined ? undefined : await sqliteStore(COST_STORE)
await using running = await startBot(bot, { environment: {}, ...(store ? { store } : { database: DATABASE_URL }) })
let next = 0

/** Gives after how many milliseconds a message was answered. */
async function say(): Promise<number> {
  next += 1
  const text = `message ${process.pid}/${next}, as long as a usual one is`
  const body = JSON.stringify({ room: `r${((next + process.pid) * stride) % rooms}`, text })
  const began = performance.now()
  const answered = new Promise<number>((resolve) => {
    shown.set(text, resolve)
  })
  const { status } = await running.receive('desk', {
    method: 'POST',
    path: '/webhook',
    query: '',
    headers: { 'x-signature': signatureOf(body), 'x-delivery': `${process.pid}/${next}` },
    body,
    rawBody: new TextEncoder().encode(body),
    signal: new AbortController().signal,
  })
  if (status !== 200) throw new Error(`A message was refused with ${status}.`)
  return (await answered) - began
}

async function sayMany(count: number): Promise<readonly number[]> {
  const took: number[] = []
  const end = next + count
  const write = async (): Promise<void> => {
    while (next < end) took.push(await say())
  }
  await Promise.all(Array.from({ length: atOnce }, write))
  await running.idle()
  return took.toSorted((one, other) => one - other)
}

const database = (): number | undefined =>
  COST_DATABASE === undefined ? undefined : processorTimeOf(Number(COST_DATABASE))

await sayMany(Math.ceil(messages / 2))
const [before, databaseBefore] = [process.cpuUsage(), database()]
const took = await sayMany(messages)
const { user, system } = process.cpuUsage(before)
const databaseAfter = database()
const measured = {
  bot: (user + system) / 1000 / messages,
  p50: took[Math.floor(took.length / 2)],
  ...(databaseBefore !== undefined &&
    databaseAfter !== undefined && { database: (databaseAfter - databaseBefore) / messages }),
}
process.stdout.write(JSON.stringify(measured))
await running.stop()
await store?.[Symbol.asyncDispose]()
