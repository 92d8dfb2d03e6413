import whatsapp from '@plugboard/whatsapp'
import messageState from 'plugboard/interfaces/message-state/contract'
import proactiveConversation from 'plugboard/interfaces/proactive-conversation/contract'
import proactiveUser from 'plugboard/interfaces/proactive-user/contract'
import typingIndicator from 'plugboard/interfaces/typing-indicator/contract'
import { type Act, type ActContext, type SetUp, type Shown, type Situation, suiteSetUp } from 'plugboard/testing'
import { accessToken, phoneNumberId } from './cloud-api-answers.fixture.ts'
import { type Answering, CloudApi } from './cloud-api.fixture.ts'
import { ada, appSecret, enveloped, fromPerson, signed, statusOf, verifyToken, written } from './told.fixture.ts'

/** How WhatsApp answers otherwise. */
function situationsOf(api: CloudApi, kind: 'message' | 'read', action: string): Readonly<Record<string, Situation>> {
  const instead = (answer: Answering) => ({
    action,
    // More than are asked for: whoever tries again meets the same.
    before: () => api.instead(kind, ...Array.from({ length: 5 }, () => answer)),
    after: () => api.forget(kind),
  })
  return {
    unauthorized: instead({ status: 401, code: 190, message: 'Error validating access token: Session has expired' }),
    rateLimited: {
      ...instead({ status: 400, code: 131056, message: '(Business Account, Consumer Account) pair rate limit hit' }),
      retryAfter: 6000,
    },
    unavailable: instead((response) => response.destroy()),
    refused: instead({ status: 400, code: 100, message: 'Invalid parameter' }),
    malformed: instead((response) => response.end('{"messages":')),
    slow: instead(() => {}),
  }
}

/** What people do, as Meta tells the webhook of it. */
function peopleOf(api: CloudApi): Readonly<Record<string, Act>> {
  let count = 0
  const next = (): string => `wamid.PEOPLE${(count += 1)}`
  const tell = ({ receive }: ActContext, value: object) => {
    const body = enveloped(value)
    return receive({ headers: signed(body), body })
  }
  const reactWith = (emoji: string | undefined): Act => {
    return (context) => {
      const reaction = { message_id: context.message?.tags['id'], ...(emoji !== '' && { emoji: context.reaction }) }
      return tell(context, fromPerson({ type: 'reaction', reaction }, next()))
    }
  }
  const become =
    (status: string): Act =>
    (context) => {
      const id = context.message?.tags['id'] ?? ''
      return tell(context, statusOf(id, status, { biz_opaque_callback_data: api.marks.get(id) }))
    }
  return {
    write: (context) => {
      const { phoneNumber = ada.wa_id } = (context.entity ?? {}) as { phoneNumber?: string }
      const person = { ...ada, wa_id: phoneNumber.replace('+', '') }
      return tell(context, written(context.text, next(), person))
    },
    react: reactWith(undefined),
    unreact: reactWith(''),
    deliver: become('delivered'),
    read: become('read'),
  }
}

/** What WhatsApp was asked to show. That an answer is being written, it takes away by itself. */
const shownBy = (api: CloudApi): Shown => ({
  typing: api.called('read').flatMap(({ typing_indicator }) => (typing_indicator ? [true] : [])),
  reads: api.called('read').map(({ message_id }) => String(message_id)),
  messages: api.called('message').flatMap(({ text }) => (text ? [{ text: (text as { body: string }).body }] : [])),
  reactions: api.reactions.map(({ emoji, before }) => ({ reaction: emoji || before, isGone: emoji === '' })),
})

export default async function setUp(): Promise<SetUp> {
  const api = await CloudApi.start()
  const provider = {
    integration: whatsapp,
    configuration: { phoneNumberId, accessToken, appSecret, verifyToken, apiUrl: api.url },
  }
  const optionsFor = (name: string) => ({
    ...provider,
    date: '2026-11-29',
    people: peopleOf(api),
    shown: () => shownBy(api),
    report: new URL(`conformance/${name}.json`, import.meta.url),
  })
  return {
    provider,
    suites: [
      suiteSetUp('typing-indicator', typingIndicator, {
        ...optionsFor('typing-indicator'),
        situations: situationsOf(api, 'read', 'startTypingIndicator'),
      }),
      suiteSetUp('proactive-user', proactiveUser, {
        ...optionsFor('proactive-user'),
        entities: { user: [{ phoneNumber: '+16505551234' }, { phoneNumber: '16505555678' }] },
      }),
      suiteSetUp('proactive-conversation', proactiveConversation, {
        ...optionsFor('proactive-conversation'),
        entities: { conversation: [{ phoneNumber: '+16505551234' }, { phoneNumber: '16505555678' }] },
        situations: { forbiddenPlace: { input: { conversation: { phoneNumber: '+15550783881' } } } },
      }),
      suiteSetUp('message-state', messageState, {
        ...optionsFor('message-state'),
        situations: situationsOf(api, 'message', 'addReaction'),
      }),
    ],
    stop: () => api[Symbol.asyncDispose](),
  }
}
