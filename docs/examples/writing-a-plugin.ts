import { deepStrictEqual, match } from 'node:assert/strict'
// #region test
import { BotDefinition } from 'plugboard'
import llm from 'plugboard/interfaces/llm'
import { startBot } from 'plugboard/runtime'
import { adversary, chat, fake, talk } from 'plugboard/testing'
import minutes from './minutes/index.ts'

const channel = chat()
const model = fake(llm, {
  actions: { generateContent: ({ messages }) => ({ content: `In short: ${String(messages[0]?.content)}` }) },
})
const bot = new BotDefinition().addIntegration(channel).addIntegration(model).addPlugin(minutes)

await using running = await startBot(bot, { environment: {} })
const { say } = await talk(running)
await say('It rains a lot.')
await say('Off the record: I like rain.')
await say('/minutes')

deepStrictEqual(channel.sent, ['In short: It rains a lot.'])
// #endregion
deepStrictEqual(await running.actions.minutes.summarize({}), { summary: '' })

// #region adversary
const nasty = new BotDefinition().addIntegration(chat()).addIntegration(adversary(llm)).addPlugin(minutes)
await using suffering = await startBot(nasty, { environment: {}, log: () => {} })
const person = await talk(suffering)
for (const text of ['It rains a lot.', '/minutes', '/minutes', '/minutes']) await person.say(text)
deepStrictEqual((await suffering.deadLetters()).items, [])
// #endregion

// #region tool
import scripted from '@plugboard/scripted'
import assistant from 'plugboard/plugins/assistant'

const talking = chat()
const assisted = new BotDefinition()
  .addIntegration(talking)
  .addIntegration(scripted)
  .addPlugin(minutes)
  .addPlugin(assistant, { tools: ['minutes:summarize'] })
// #endregion
await using helped = await startBot(assisted, { environment: {}, log: () => {} })
const asking = await talk(helped)
await asking.say('My name is Ada.')
await asking.say('Please summarize this conversation')
match(talking.sent.at(-1) ?? '', /minutes_summarize says/)
const before = talking.sent.length
await asking.say('/minutes')
deepStrictEqual(talking.sent.length, before + 1)
