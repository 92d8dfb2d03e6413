import { deepStrictEqual, match, ok } from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from 'plugboard/cli'
// #region test
import { startBot } from 'plugboard/runtime'
import { chat, talk } from 'plugboard/testing'
import bot from './concierge/bot.ts'

const channel = chat()
bot.definition.addIntegration(channel)
await using tested = await startBot(bot, { environment: {} })
const { say } = await talk(tested)
await say('/room 12')
deepStrictEqual(channel.sent, ['You are in room 12.'])
// #endregion

// `npm start -- --say` does no more than this.
await run(bot, { arguments: ['--say', 'Hello! My name is Ada.'], environment: {} })
deepStrictEqual(process.exitCode, 0)

const folder = await mkdtemp(join(tmpdir(), 'concierge-'))
const file = join(folder, 'concierge.sqlite')
// #region embed
import { serve, sqliteStore } from 'plugboard/runtime'

await using store = await sqliteStore(file)
await using running = await startBot(bot, { store, url: 'https://bots.example.com' })
await using server = await serve(() => running, { port: 0 })
// #endregion
ok((await fetch(`${server.url}/ready`)).ok)
match((await (await fetch(`${server.url}/webchat`)).text()).toLowerCase(), /concierge/)
await server.close()
await running.stop()
await rm(folder, { recursive: true })
