import webchat from '@plugboard/webchat'
import messageState from 'plugboard/interfaces/message-state/contract'
import proactiveConversation from 'plugboard/interfaces/proactive-conversation/contract'
import proactiveUser from 'plugboard/interfaces/proactive-user/contract'
import typingIndicator from 'plugboard/interfaces/typing-indicator/contract'
import { type Act, type ActContext, type SetUp, type Shown, suiteSetUp } from 'plugboard/testing'
import type { ShownMessage } from './conversation.ts'
import type { Heard } from './heard.ts'
import { identityFor } from './identity.fixture.ts'

const identitySecret = 'a secret of the site, of some length'
const json = { 'content-type': 'application/json' }

/** The visitors of the chats under test, and what they have been shown. */
class Visitors {
  /** By user. */
  readonly #tokens = new Map<string, string>()
  readonly #shown = {
    typing: [] as boolean[],
    edits: [] as string[],
    deletions: [] as string[],
    reactions: [] as { reaction: string; isGone: boolean }[],
    reads: [] as string[],
  }
  /** What was shown last, by message. */
  readonly #seen = new Map<string, ShownMessage>()
  #history: (() => Promise<readonly ShownMessage[]>) | undefined

  /** Somebody whom the site vouches for writes where visitors begin. */
  readonly write: Act = async ({ receive, client, entity, text }) => {
    const { id, visitorId } = (entity ?? {}) as { id?: string; visitorId?: string }
    const identity = identityFor({ sub: visitorId ?? id ?? '17' }, identitySecret)
    const session = await receive({ path: '/session', headers: json, body: JSON.stringify({ identity }) })
    const { token } = JSON.parse(session.body as string) as { token: string }
    const [userId = ''] = token.split('.')
    const authorization = { authorization: `Bearer ${token}` }
    if (!this.#tokens.has(userId))
      client.subscribe({
        topic: userId,
        hear: (heard) => {
          const { typing } = heard as Heard & { typing?: number }
          if (typing !== undefined) this.#shown.typing.push(typing > 0)
        },
      })
    this.#tokens.set(userId, token)
    this.#history = async () => {
      const { body } = await receive({ method: 'GET', path: '/history', headers: authorization })
      return (JSON.parse(body as string) as { messages: ShownMessage[] }).messages
    }
    await receive({
      path: '/messages',
      headers: { ...json, ...authorization },
      body: JSON.stringify({ text, clientMessageId: crypto.randomUUID() }),
    })
  }

  /** What the page asks of an endpoint for a visitor who does something to a message. */
  readonly #asks =
    (method: string, path: (id: string) => string, body: (context: ActContext) => object): Act =>
    (context) => {
      const { receive, conversation, message } = context
      const token = this.#tokens.get(conversation?.tags['visitor'] ?? '')
      const headers = { ...json, authorization: `Bearer ${token}` }
      return receive({ method, path: path(message?.id ?? ''), headers, body: JSON.stringify(body(context)) })
    }

  readonly acts = {
    write: this.write,
    edit: this.#asks(
      'PATCH',
      (id) => `/messages/${id}`,
      ({ text }) => ({ text }),
    ),
    delete: this.#asks(
      'DELETE',
      (id) => `/messages/${id}`,
      () => ({}),
    ),
    react: this.#asks(
      'POST',
      (id) => `/messages/${id}/reactions`,
      ({ reaction }) => ({ reaction }),
    ),
    unreact: this.#asks(
      'POST',
      (id) => `/messages/${id}/reactions`,
      ({ reaction }) => ({ reaction, given: false }),
    ),
    deliver: this.#asks(
      'POST',
      () => '/receipts',
      ({ message }) => ({ messageId: message?.id, what: 'delivered' }),
    ),
    read: this.#asks(
      'POST',
      () => '/receipts',
      ({ message }) => ({ messageId: message?.id, what: 'read' }),
    ),
  }

  /** What a visitor reads now, told by what has changed since it was looked at last. */
  async shown(): Promise<Shown> {
    for (const message of (await this.#history?.()) ?? []) {
      const before = this.#seen.get(message.id)
      this.#seen.set(message.id, message)
      const { edits, deletions, reactions, reads } = this.#shown
      const text = (message.payload as { text?: string }).text ?? ''
      if (message.edited && text !== (before?.payload as { text?: string } | undefined)?.text && !message.deleted)
        edits.push(text)
      if (message.deleted && !before?.deleted) deletions.push(message.id)
      if (message.read && !before?.read) reads.push(message.id)
      const given = (one: ShownMessage | undefined): readonly string[] =>
        (one?.reactions ?? []).filter(({ from }) => from === 'bot').map(({ reaction }) => reaction)
      for (const reaction of given(message))
        if (!given(before).includes(reaction)) reactions.push({ reaction, isGone: false })
      for (const reaction of given(before))
        if (!given(message).includes(reaction)) reactions.push({ reaction, isGone: true })
    }
    return this.#shown
  }
}

export default async function setUp(): Promise<SetUp> {
  const provider = { integration: webchat, configuration: { identitySecret } }
  const optionsFor = (name: string) => {
    const visitors = new Visitors()
    return {
      ...provider,
      date: '2026-11-29',
      people: visitors.acts,
      shown: () => visitors.shown(),
      report: new URL(`conformance/${name}.json`, import.meta.url),
    }
  }
  const unknown = { conversationId: 'nowhere', messageId: 'nothing' }
  return {
    provider,
    suites: [
      suiteSetUp('typing-indicator', typingIndicator, {
        ...optionsFor('typing-indicator'),
        situations: { refused: { action: 'startTypingIndicator', input: unknown } },
      }),
      suiteSetUp('proactive-user', proactiveUser, {
        ...optionsFor('proactive-user'),
        entities: { user: [{ id: '17' }, { id: '18' }] },
        situations: { unknownPerson: { action: 'getOrCreateUser', configuration: {}, input: { user: { id: '17' } } } },
      }),
      suiteSetUp('proactive-conversation', proactiveConversation, {
        ...optionsFor('proactive-conversation'),
        entities: { conversation: [{ visitorId: '17' }, { visitorId: '17', id: 'order-7' }, { visitorId: '18' }] },
        situations: {
          unknownPlace: { action: 'getOrCreateConversation', input: { conversation: { userId: 'nobody' } } },
          forbiddenPlace: {
            action: 'getOrCreateConversation',
            configuration: {},
            input: { conversation: { visitorId: '17' } },
          },
        },
      }),
      suiteSetUp('message-state', messageState, {
        ...optionsFor('message-state'),
        situations: { refused: { action: 'deleteMessage', input: unknown } },
      }),
    ],
    stop: async () => {},
  }
}
