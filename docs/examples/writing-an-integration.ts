import { deepStrictEqual } from 'node:assert/strict'
import { after, test } from 'node:test'
import { standIn } from './pigeon/stand-in.ts'

const secret = 'what both sides know'
const api = await standIn({ token: 'a token', secret })
after(api.stop)

// #region platform
const installed = {
  configuration: { token: 'a token', baseUrl: api.url },
  secrets: { SIGNING_SECRET: secret },
}
const platform = {
  people: { write: api.write },
  entities: { user: [{ id: 'ada' }, { id: 'grace' }] },
  situations: {
    unauthorized: { configuration: { token: 'another', baseUrl: api.url } },
    rateLimited: { ...api.answering({ status: 429, headers: { 'retry-after': '3' } }), retryAfter: 3000 },
    unavailable: api.answering({ status: 503 }),
    refused: api.answering({ status: 422 }),
    malformed: api.answering({ status: 200, body: '{"id":' }),
    slow: api.answering({}),
    unknownPerson: { input: { user: { id: 'nobody' } } },
  },
}
// #endregion

// #region suite
import proactiveUser from 'plugboard/interfaces/proactive-user/contract'
import { contractSuite } from 'plugboard/testing'
import pigeon from './pigeon/index.ts'

const report = new URL('pigeon/conformance.json', import.meta.url)
contractSuite(proactiveUser, { test, integration: pigeon, ...installed, ...platform, date: '2026-11-29', report })
// #endregion

// #region hear
import { BotDefinition } from 'plugboard'
import { hearingBot } from 'plugboard/testing'

await test('what is signed is heard and answered, once', async () => {
  const environment = { PLUGBOARD_SECRET_PIGEON_SIGNING_SECRET: secret }
  const { configuration } = installed
  await using bot = await hearingBot(new BotDefinition().addIntegration(pigeon, { configuration }), {
    answer: ({ payload }) => [{ type: 'text', payload: { text: `You said: ${String(payload['text'])}` } }],
    start: { environment },
  })
  const told = api.signed(JSON.stringify({ id: 'p0', loft: 'a loft', from: 'ada', text: 'hello' }))
  const statuses: number[] = []
  for (const request of [told, told, { ...told, body: '{}' }, api.signed('no JSON'), api.signed('{}')]) {
    const { status } = await fetch(`${bot.url}/pigeon/webhook`, { method: 'POST', ...request })
    statuses.push(status)
  }
  await bot.running.idle()
  deepStrictEqual(statuses, [200, 200, 401, 400, 400])
  deepStrictEqual(
    bot.messages.map(({ payload, conversation, user }) => [payload, conversation['id'], user['id']]),
    [[{ text: 'hello' }, 'a loft', 'ada']],
  )
  deepStrictEqual(api.sent, [{ loft: 'a loft', text: 'You said: hello' }])
})
// #endregion

// #region install
import { BotImplementation, env } from 'plugboard'
import { startBot } from 'plugboard/runtime'

const bot = new BotImplementation(
  new BotDefinition().addIntegration(pigeon, {
    configuration: { token: env('PIGEON_TOKEN'), baseUrl: env('PIGEON_URL') },
  }),
)
bot.on.message('text', async ({ message, client, conversation }) => {
  const text = `You said: ${message.payload.text}`
  await client.createMessage({ conversationId: conversation.id, type: 'text', payload: { text } })
})
// #endregion

await test('the bot starts by what stands in the environment', async () => {
  const environment = { PIGEON_TOKEN: 'a token', PIGEON_URL: api.url, PLUGBOARD_SECRET_PIGEON_SIGNING_SECRET: secret }
  await using running = await startBot(bot, { environment, log: () => {} })
  deepStrictEqual((await running.readiness()).ready, true)
})
