import telegram from '@plugboard/telegram'
import proactiveConversation from 'plugboard/interfaces/proactive-conversation'
import proactiveUser from 'plugboard/interfaces/proactive-user'
import { contractSuite, type Situation } from 'plugboard/testing'
import { afterAll, describe, test } from 'vitest'
import { BotApi, token } from './bot-api.fixture.ts'

const api = await BotApi.start()
afterAll(() => api[Symbol.asyncDispose]())

const method = 'getChat'
const instead = (...answers: Parameters<BotApi['instead']>[1][]) => ({
  // More than are asked for: whoever tries again meets the same.
  before: () => api.instead(method, ...answers.flatMap((answer) => Array.from({ length: 5 }, () => answer))),
  after: () => api.forget(method),
})
const situations: Readonly<Record<string, Situation>> = {
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
const options = {
  integration: telegram,
  configuration: { botToken: token, apiUrl: api.url },
  date: '2026-11-29',
  test,
}

describe('proactive-user', () => {
  const report = new URL('conformance/proactive-user.json', import.meta.url)
  contractSuite(proactiveUser, { ...options, entities: { user: [{ id: '1111' }] }, situations, report })
})
describe('proactive-conversation', () => {
  const conversation = [{ chatId: '1111' }, { chatId: '-1002', threadId: '45' }]
  const report = new URL('conformance/proactive-conversation.json', import.meta.url)
  contractSuite(proactiveConversation, { ...options, entities: { conversation }, situations, report })
})
