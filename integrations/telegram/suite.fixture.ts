import telegram from '@plugboard/telegram'
import proactiveConversation from 'plugboard/interfaces/proactive-conversation'
import proactiveUser from 'plugboard/interfaces/proactive-user'
import { type SetUp, type Situation, suiteSetUp } from 'plugboard/testing'
import { BotApi, token } from './bot-api.fixture.ts'

const method = 'getChat'

function situationsOf(api: BotApi): Readonly<Record<string, Situation>> {
  const instead = (...answers: Parameters<BotApi['instead']>[1][]) => ({
    // More than are asked for: whoever tries again meets the same.
    before: () => api.instead(method, ...answers.flatMap((answer) => Array.from({ length: 5 }, () => answer))),
    after: () => api.forget(method),
  })
  return {
    unauthorized: instead({ error_code: 401, description: 'Unauthorized' }),
    rateLimited: {
      ...instead({ error_code: 429, description: 'Too Many Requests: retry after 3', parameters: { retry_after: 3 } }),
      retryAfter: 3000,
    },
    unavailable: instead((response) => response.destroy()),
    refused: instead({ error_code: 400, description: 'Bad Request: chat not found' }),
    malformed: instead((response) => response.end('{"ok":')),
    slow: instead(() => {}),
  }
}

export default async function setUp(): Promise<SetUp> {
  const api = await BotApi.start()
  const provider = { integration: telegram, configuration: { botToken: token, apiUrl: api.url } }
  const options = { ...provider, date: '2026-11-29', situations: situationsOf(api) }
  const conversation = [{ chatId: '1111' }, { chatId: '-1002', threadId: '45' }]
  return {
    provider,
    suites: [
      suiteSetUp('proactive-user', proactiveUser, {
        ...options,
        entities: { user: [{ id: '1111' }] },
        report: new URL('conformance/proactive-user.json', import.meta.url),
      }),
      suiteSetUp('proactive-conversation', proactiveConversation, {
        ...options,
        entities: { conversation },
        report: new URL('conformance/proactive-conversation.json', import.meta.url),
      }),
    ],
    stop: () => api[Symbol.asyncDispose](),
  }
}
