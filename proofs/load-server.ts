import { createServer } from 'node:http'
import { run } from 'plugboard/cli'
import { echoBot, isSigned } from './echo-bot.ts'
import { openRaw, type RawStore } from './raw-store.ts'

// A server under load. `plain` checks the signature of a request and answers; `raw` inserts by hand what a bot would store
// before it answers; `bot` is a bot that answers each message, on whatever store its command line names. It tells the
// process that started it what it has used.

const { LOAD_PORT, LOAD_MODE, LOAD_RAW } = process.env
let sent = 0

process.on('message', () => {
  const { user, system } = process.cpuUsage()
  process.send?.({ memory: process.memoryUsage.rss() / 2 ** 20, processor: (user + system) / 1000, sent })
})
process.on('disconnect', () => process.exit())

if (LOAD_MODE === 'bot') {
  await run(
    echoBot(() => {
      sent += 1
    }),
  )
} else {
  const store: RawStore | undefined = LOAD_RAW === undefined ? undefined : await openRaw(LOAD_RAW)
  createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks)
      const { room, text } = JSON.parse(body.toString()) as { room: string; text: string }
      const { 'x-signature': signature, 'x-delivery': delivery } = request.headers
      const right = isSigned(body, signature as string | undefined) && room !== ''
      const answer = (): void => void response.writeHead(right ? 200 : 401).end()
      if (right && store) void store.insert({ delivery: String(delivery), room, text }).then(answer)
      else answer()
    })
  }).listen(Number(LOAD_PORT), '127.0.0.1')
}
