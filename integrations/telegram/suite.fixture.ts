import telegram from '@plugboard/telegram'
import proactiveConversation from 'plugboard/interfaces/proactive-conversation/contract'
import proactiveUser from 'plugboard/interfaces/proactive-user/contract'
import typingIndicator from 'plugboard/interfaces/typing-indicator/contract'
import { type Act, type SetUp, type Shown, type Situation, suiteSetUp } from 'plugboard/testing'
import { BotApi, token } from './bot-api.fixture.ts'
import { fromAda, inGroup } from './small-bot.fixture.ts'

/** How Telegram answers a method otherwise. */
function situationsOf(api: BotApi, method: string): Readonly<Record<string, Situation>> {
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

// #region write
/** Has somebody write, alone with the bot or in a topic of a group, as Telegram tells the webhook of it. */
function writing(api: BotApi): Act {
  let count = 0
  return ({ receive, entity, text }) => {
    count += 1
    const { threadId } = (entity ?? {}) as { threadId?: string }
    const update =
      threadId === undefined
        ? fromAda({ text }, 2000 + count)
        : inGroup({ text, message_thread_id: Number(threadId), is_topic_message: true }, 2000 + count)
    return receive({
      headers: { 'x-telegram-bot-api-secret-token': api.webhook?.secret_token },
      body: JSON.stringify({ update_id: 900_000 + count, ...update }),
    })
  }
}
// #endregion

/** What Telegram was asked to show. That an answer is being written, it takes away by itself. */
const shownBy = (api: BotApi): Shown => ({
  typing: api.called('sendChatAction').map(({ action }) => action === 'typing'),
  messages: api.called('sendMessage').map(({ text }) => ({ text: String(text) })),
})

export default async function setUp(): Promise<SetUp> {
  const api = await BotApi.start()
  const provider = { integration: telegram, configuration: { botToken: token, apiUrl: api.url } }
  const options = { ...provider, date: '2026-11-29', people: { write: writing(api) }, shown: () => shownBy(api) }
  const reportOf = (name: string) => new URL(`conformance/${name}.json`, import.meta.url)
  return {
    provider,
    suites: [
      suiteSetUp('typing-indicator', typingIndicator, {
        ...options,
        situations: situationsOf(api, 'sendChatAction'),
        report: reportOf('typing-indicator'),
      }),
      suiteSetUp('proactive-user', proactiveUser, {
        ...options,
        entities: { user: [{ id: '1111' }, { id: '2222' }] },
        situations: { ...situationsOf(api, 'getChat'), unknownPerson: { input: { user: { id: '404' } } } },
        report: reportOf('proactive-user'),
      }),
      suiteSetUp('proactive-conversation', proactiveConversation, {
        ...options,
        entities: { conversation: [{ chatId: '1111' }, { chatId: '-1002', threadId: '45' }] },
        situations: {
          ...situationsOf(api, 'getChat'),
          unknownPlace: { input: { conversation: { chatId: '404' } } },
          forbiddenPlace: { input: { conversation: { chatId: '1111', threadId: '45' } } },
        },
        report: reportOf('proactive-conversation'),
      }),
    ],
    stop: () => api[Symbol.asyncDispose](),
  }
}
