import { randomBytes } from 'node:crypto'
import { run } from 'plugboard/cli'
import bot from './bot.ts'

const name = 'SUPPORT_DESK_KEY'
if ((process.env[name] ?? '') === '') {
  const key = randomBytes(16).toString('hex')
  process.env[name] = key
  process.stderr.write(`The key of the desk, until the bot stops: ${key} (set ${name} to choose one)\n`)
}
await run(bot, {
  // What is to be looked up is there before anybody asks.
  started: async (running) => {
    await running.actions.knowledge.ingest({})
    await running.idle()
  },
})
