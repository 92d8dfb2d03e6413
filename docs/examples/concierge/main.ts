import { run } from 'plugboard/cli'
import bot from './bot.ts'

await run(bot)
