import discord from '@plugboard/discord'
import messageState from 'plugboard/interfaces/message-state/contract'
import proactiveConversation from 'plugboard/interfaces/proactive-conversation/contract'
import proactiveUser from 'plugboard/interfaces/proactive-user/contract'
import typingIndicator from 'plugboard/interfaces/typing-indicator/contract'
import { type Act, type SetUp, type Shown, type Situation, suiteSetUp } from 'plugboard/testing'
import { failed, HttpApi, type Instead, limited, token } from './http-api.fixture.ts'
import { peopleOf } from './people.fixture.ts'
import { ada, bob, command, type Doing, places, publicKey, signed, text } from './interactions.fixture.ts'

/** How Discord answers calls of a route otherwise. */
function situationsOf(api: HttpApi, pattern: RegExp): Readonly<Record<string, Situation>> {
  const instead = (answer: Instead) => ({
    // More than are asked for: whoever tries again meets the same.
    before: () => api.instead(pattern, ...Array.from({ length: 5 }, () => answer)),
    after: () => api.forget(),
  })
  return {
    unauthorized: instead(failed(401, 0, '401: Unauthorized')),
    rateLimited: { ...instead(limited(2.5)), retryAfter: 2500 },
    unavailable: instead((response) => response.destroy()),
    refused: instead(failed(403, 50_001, 'Missing Access')),
    malformed: instead((response) => response.end('{"id":')),
    slow: instead(() => {}),
  }
}

/** Has somebody write by a command, as Discord tells the webhook of it. */
const write: Act = ({ receive, entity, text: said }) => {
  const { kind, id } = (entity ?? {}) as { kind?: string; id?: string }
  const place = (Object.keys(places) as (keyof typeof places)[]).find((name) => places[name].id === id)
  const isBob = id === bob.id
  const doing: Doing = {
    place: kind === 'channel' && place ? place : isBob ? 'bobsDm' : 'dm',
    user: isBob ? bob : ada,
  }
  const body = JSON.stringify(command('say', [text('what', said)], doing))
  return receive({ headers: signed(body), body })
}

/** What Discord was asked to show. That an answer is being written, it takes away by itself. */
const shownBy = (api: HttpApi): Shown => ({
  typing: api.called(/\/typing$/).map(() => true),
  messages: api.sent().map(({ content }) => ({ text: String(content) })),
  edits: api.called(/^PATCH \S+\/messages\/\d+$/).map(({ body }) => String(body['content'])),
  reactions: api.called(/\/reactions\//).map(({ route }) => ({
    reaction: route.split('/').at(-2) ?? '',
    isGone: route.startsWith('DELETE'),
  })),
  deletions: api.called(/^DELETE \S+\/messages\/\d+$/).map(({ route }) => route.split('/').at(-1) ?? ''),
})

export default async function setUp(): Promise<SetUp> {
  const api = await HttpApi.start()
  const provider = { integration: discord, configuration: { botToken: token, publicKey, apiUrl: api.url } }
  const optionsFor = (report: string) => ({
    ...provider,
    date: '2026-11-29',
    people: { write },
    shown: () => shownBy(api),
    report: new URL(`conformance/${report}.json`, import.meta.url),
  })
  return {
    provider,
    suites: [
      suiteSetUp('typing-indicator', typingIndicator, {
        ...optionsFor('typing-indicator'),
        situations: situationsOf(api, /\/typing$/),
      }),
      suiteSetUp('proactive-user', proactiveUser, {
        ...optionsFor('proactive-user'),
        entities: { user: [{ id: ada.id }, { id: bob.id }] },
        situations: { ...situationsOf(api, /^GET \/users\//), unknownPerson: { input: { user: { id: '404' } } } },
      }),
      suiteSetUp('proactive-conversation', proactiveConversation, {
        ...optionsFor('proactive-conversation'),
        entities: {
          conversation: [
            { kind: 'channel', id: places.channel.id },
            { kind: 'person', id: bob.id },
            { kind: 'channel', id: places.thread.id },
          ],
        },
        situations: {
          ...situationsOf(api, /^GET \/channels\/|^POST \/users\/@me\/channels/),
          unknownPlace: { input: { conversation: { kind: 'channel', id: '404' } } },
          forbiddenPlace: { input: { conversation: { kind: 'channel', id: places.category.id } } },
        },
      }),
      suiteSetUp('message-state', messageState, {
        ...optionsFor('message-state'),
        configurationType: 'gateway',
        configuration: { botToken: token, apiUrl: api.url },
        people: peopleOf(api),
        situations: situationsOf(api, /^PATCH \/channels\//),
      }),
      suiteSetUp('message-state by the endpoint', messageState, {
        ...optionsFor('message-state'),
        report: undefined,
        situations: situationsOf(api, /^PATCH \/channels\//),
      }),
    ],
    stop: () => api[Symbol.asyncDispose](),
  }
}
