import telegram from '@plugboard/telegram'
import messageState from 'plugboard/interfaces/message-state/contract'
import proactiveConversation from 'plugboard/interfaces/proactive-conversation/contract'
import proactiveUser from 'plugboard/interfaces/proactive-user/contract'
import typingIndicator from 'plugboard/interfaces/typing-indicator/contract'
import { type Act, type ActContext, type SetUp, type Shown, type Situation, suiteSetUp } from 'plugboard/testing'
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
/** What people do, as Telegram tells the webhook of it: they write, alone with the bot or in a topic of a group, and react. */
function peopleOf(api: BotApi): Readonly<Record<string, Act>> {
  let count = 0
  const tell = ({ receive }: Pick<ActContext, 'receive'>, update: object) =>
    receive({
      headers: { 'x-telegram-bot-api-secret-token': api.webhook?.secret_token },
      body: JSON.stringify({ update_id: 900_000 + (count += 1), ...update }),
    })
  const react =
    (isGone: boolean): Act =>
    (context) => {
      const { chat, from: user } = fromAda({}).message
      const given = [{ type: 'emoji', emoji: context.reaction }]
      const change = { old_reaction: isGone ? given : [], new_reaction: isGone ? [] : given }
      const message_id = Number(context.message?.tags['id'])
      return tell(context, { message_reaction: { chat, message_id, user, date: 1, ...change } })
    }
  return {
    write: (context) => {
      const { entity, text } = context
      const { threadId } = (entity ?? {}) as { threadId?: string }
      const topic = { message_thread_id: Number(threadId), is_topic_message: true }
      const id = 2000 + count
      return tell(context, threadId === undefined ? fromAda({ text }, id) : inGroup({ text, ...topic }, id))
    },
    react: react(false),
    unreact: react(true),
  }
}
// #endregion

/** What Telegram was asked to show. That an answer is being written, it takes away by itself. */
const shownBy = (api: BotApi): Shown => ({
  typing: api.called('sendChatAction').map(({ action }) => action === 'typing'),
  messages: api.called('sendMessage').map(({ text }) => ({ text: String(text) })),
  edits: api.called('editMessageText').map(({ text }) => String(text)),
  deletions: api.called('deleteMessage').map(({ message_id }) => String(message_id)),
  reactions: api.reactions.map(({ emoji, before }) => ({ reaction: emoji || before, isGone: emoji === '' })),
})

export default async function setUp(): Promise<SetUp> {
  const api = await BotApi.start()
  const provider = { integration: telegram, configuration: { botToken: token, apiUrl: api.url } }
  const options = { ...provider, date: '2026-11-29', people: peopleOf(api), shown: () => shownBy(api) }
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
      suiteSetUp('message-state', messageState, {
        ...options,
        situations: situationsOf(api, 'editMessageText'),
        report: reportOf('message-state'),
      }),
    ],
    stop: () => api[Symbol.asyncDispose](),
  }
}
