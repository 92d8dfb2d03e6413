import { randomBytes } from 'node:crypto'
import { run } from 'plugboard/cli'
import bot from './bot.ts'

const name = 'SUPPORT_DESK_KEY'
const isMade = (process.env[name] ?? '') === ''
if (isMade) process.env[name] = randomBytes(16).toString('hex')
await run(bot, {
  // What is to be looked up is there before anybody asks.
  started: async (running) => {
    await running.actions.knowledge.ingest({})
    await running.idle()
    if (isMade)
      process.stderr.write(
        `The key of the desk, until the bot stops: ${process.env[name]} (set ${name} to choose one)\n`,
      )
  },
})
