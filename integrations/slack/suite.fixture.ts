import slack from '@plugboard/slack'
import creatable from 'plugboard/interfaces/creatable/contract'
import hitl from 'plugboard/interfaces/hitl/contract'
import listable from 'plugboard/interfaces/listable/contract'
import messageState from 'plugboard/interfaces/message-state/contract'
import proactiveConversation from 'plugboard/interfaces/proactive-conversation/contract'
import proactiveUser from 'plugboard/interfaces/proactive-user/contract'
import typingIndicator from 'plugboard/interfaces/typing-indicator/contract'
import { type SetUp, type Situation, suiteSetUp } from 'plugboard/testing'
import { peopleOf, shownBy } from './people.fixture.ts'
import { signingSecret } from './requests.fixture.ts'
import { limited, token, WebApi } from './web-api.fixture.ts'

/** What Slack can be brought to do where a method is called. */
function situationsOf(api: WebApi, method: string, action?: string): Readonly<Record<string, Situation>> {
  const instead = (...answers: Parameters<WebApi['instead']>[1][]) => ({
    // More than are asked for: whoever tries again meets the same.
    before: () => api.instead(method, ...answers.flatMap((answer) => Array.from({ length: 5 }, () => answer))),
    after: () => api.forget(method),
    ...(action !== undefined && { action }),
  })
  return {
    unauthorized: instead({ error: 'invalid_auth' }),
    rateLimited: { ...instead(limited(3)), retryAfter: 3000 },
    unavailable: instead((response) => response.destroy()),
    refused: instead({ error: 'channel_not_found' }),
    malformed: instead((response) => response.end('{"ok":')),
    slow: instead(() => {}),
  }
}

/** The same for the messages of a channel. */
const ofMessages = (situations: ReturnType<typeof situationsOf>, channel: string) =>
  Object.fromEntries(Object.entries(situations).map(([name, situation]) => [`${channel}/${name}`, situation]))

export default async function setUp(): Promise<SetUp> {
  const api = await WebApi.start()
  // Each test has a bot of its own, and a workspace in which nobody has created anything yet.
  api.onCall = (method) => {
    if (method === 'auth.test') api.workspace.forgetCreated()
  }
  const provider = {
    integration: slack,
    configuration: { botToken: token, signingSecret, apiUrl: api.url, supportChannel: 'C0SUPPORT' },
  }
  const { ts } = api.workspace.write('C0GENERAL', 'U0ADA', 'A thread')
  const optionsFor = (report: string) => ({
    ...provider,
    date: '2026-11-29',
    people: peopleOf(api),
    shown: () => shownBy(api),
    report: new URL(`conformance/${report}.json`, import.meta.url),
  })
  const data = 'data:text/plain;base64,aGVsbG8='
  return {
    provider,
    suites: [
      suiteSetUp('typing-indicator', typingIndicator, {
        ...optionsFor('typing-indicator'),
        situations: situationsOf(api, 'assistant.threads.setStatus'),
      }),
      suiteSetUp('proactive-user', proactiveUser, {
        ...optionsFor('proactive-user'),
        entities: { user: [{ id: 'U0ADA' }, { id: 'U0BOB' }] },
        situations: { ...situationsOf(api, 'users.info'), unknownPerson: { input: { user: { id: 'U0NOBODY' } } } },
      }),
      suiteSetUp('proactive-conversation', proactiveConversation, {
        ...optionsFor('proactive-conversation'),
        entities: {
          conversation: [{ channelId: 'C0GENERAL' }, { channelId: 'U0BOB' }, { channelId: 'C0GENERAL', threadTs: ts }],
        },
        situations: {
          ...situationsOf(api, 'conversations.info'),
          unknownPlace: { input: { conversation: { channelId: 'C0NONE' } } },
          forbiddenPlace: { input: { conversation: { channelId: 'C0OTHER' } } },
        },
      }),
      suiteSetUp('message-state', messageState, {
        ...optionsFor('message-state'),
        situations: situationsOf(api, 'chat.update'),
      }),
      suiteSetUp('listable: channels', listable, {
        ...optionsFor('listable-channels'),
        as: 'channels',
        situations: {
          ...situationsOf(api, 'conversations.list'),
          refused: { action: 'listItems', input: { cursor: 'users:of another list' } },
        },
      }),
      suiteSetUp('creatable: channels', creatable, {
        ...optionsFor('creatable'),
        as: 'channels',
        entities: { draft: [{ name: 'plans' }, { name: 'secret-plans', isPrivate: true }] },
        situations: {
          ...situationsOf(api, 'conversations.create', 'createItem'),
          refusedDraft: { action: 'createItem', input: { draft: { name: 'general' } } },
        },
      }),
      suiteSetUp('listable: users', listable, {
        ...optionsFor('listable-users'),
        as: 'users',
        situations: {
          ...situationsOf(api, 'users.list'),
          refused: { action: 'listItems', input: { cursor: 'channels:of another list' } },
        },
      }),
      suiteSetUp('hitl', hitl, {
        ...optionsFor('hitl'),
        entities: { hitlSession: [{ channelId: 'C0SUPPORT' }] },
        // What is elsewhere cannot be fetched here.
        messages: {
          'hitl/audio': { audioUrl: data },
          'hitl/video': { videoUrl: data },
          'hitl/file': { fileUrl: data },
          'hitl/bloc': {
            items: [
              { type: 'text', payload: { text: 'One' } },
              { type: 'file', payload: { fileUrl: data } },
            ],
          },
        },
        situations: {
          ...situationsOf(api, 'chat.postMessage', 'startHitl'),
          ...ofMessages(situationsOf(api, 'chat.postMessage'), 'hitl'),
        },
      }),
    ],
    stop: () => api[Symbol.asyncDispose](),
  }
}
