import { randomBytes } from 'node:crypto'
import { run } from 'plugboard/cli'
import bot from './bot.ts'

const name = 'SUPPORT_DESK_KEY'
if ((process.env[name] ?? '') === '') {
  const key = randomBytes(16).toString('hex')
  process.env[name] = key
  process.stderr.write(`The key of the desk, until the bot stops: ${key} (set ${name} to choose one)\n`)
}
await run(bot)
