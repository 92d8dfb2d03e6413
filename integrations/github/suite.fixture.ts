import github from '@plugboard/github'
import crud from 'plugboard/interfaces/crud/contract'
import proactiveConversation from 'plugboard/interfaces/proactive-conversation/contract'
import { type Act, type SetUp, type Situation, suiteSetUp } from 'plugboard/testing'
import { type Answer, Hub, owner, says } from './hub.fixture.ts'
import { configurationFor, headersOf, ofComment, webhookSecret } from './triage.fixture.ts'

/** More answers than are asked for: whoever tries again meets the same. */
const times = 6

/** What a bad day of GitHub is like, where it is asked for something. */
function situationsOf(hub: Hub, action: string, pattern: RegExp): Readonly<Record<string, Situation>> {
  const instead = (answer: Answer): Situation => ({
    action,
    before: () => hub.instead(pattern, ...Array.from({ length: times }, () => answer)),
    after: () => hub.forget(),
  })
  const secondary = {
    message: 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
  }
  return {
    unauthorized: instead(says(401, { message: 'Bad credentials' })),
    rateLimited: { ...instead(says(403, secondary, { 'retry-after': '3' })), retryAfter: 3000 },
    unavailable: instead((response) => response.destroy()),
    malformed: instead((response) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end('[{"number":'),
    ),
    slow: instead(() => {}),
  }
}

/** Has somebody comment, as GitHub tells the webhook of it. */
function commenting(): Act {
  let count = 0
  return ({ receive, entity, text }) => {
    count += 1
    const { number } = entity as { number: number }
    const { name, payload } = ofComment('created', { id: 900_000 + count, body: text }, { number })
    const body = JSON.stringify(payload)
    return receive({ headers: headersOf(name, body, `act-${count}`), body })
  }
}

export default async (): Promise<SetUp> => {
  const hub = await Hub.start()
  for (const title of ['It crashes', 'It is slow', 'It is ugly', 'It is gone']) await hub.open(owner, { title })
  const configuration = configurationFor(hub)
  const suite = suiteSetUp('crud', crud, {
    integration: github,
    configuration,
    entities: {
      draft: [
        { title: 'It crashes', body: 'When it *starts*.', labels: ['bug'], assignees: ['ada'] },
        { title: 'It is slow' },
        { title: '日本語 <script>alert(1)</script>', body: '' },
      ],
      changes: [
        { title: 'It crashed', body: 'Once.', state: 'closed', stateReason: 'not_planned', labels: ['wontfix'] },
        { assignees: ['bob'] },
      ],
    },
    situations: {
      ...situationsOf(hub, 'listItems', /^GET \/repos\/.*\/issues\?/),
      refused: { action: 'createItem', input: { draft: { title: 'For nobody', assignees: ['no-such-person'] } } },
      refusedDraft: { action: 'createItem', input: { draft: { title: ' ' } } },
    },
    date: '2026-11-29',
    report: new URL('conformance.json', import.meta.url),
  })
  // One of its own: of the items of the other one, some are deleted.
  const talked = await Hub.start()
  for (const title of ['It crashes', 'It is slow']) await talked.open(owner, { title })
  const talking = suiteSetUp('proactive-conversation', proactiveConversation, {
    integration: github,
    configuration: { ...configurationFor(talked), webhookSecret },
    people: { write: commenting() },
    shown: () => ({ messages: talked.written.map((text) => ({ text })) }),
    entities: { conversation: [{ number: 1 }, { number: 2 }] },
    situations: {
      ...situationsOf(talked, 'getOrCreateConversation', /^GET \/repos\/.*\/issues\/\d+$/),
      refused: { action: 'getOrCreateConversation', input: { conversation: { number: 99_999 } } },
      unknownPlace: { input: { conversation: { number: 99_998 } } },
    },
    date: '2026-11-29',
    report: new URL('proactive-conversation.conformance.json', import.meta.url),
  })
  return {
    provider: { integration: github, configuration },
    suites: [suite, talking],
    stop: async () => {
      await hub[Symbol.asyncDispose]()
      await talked[Symbol.asyncDispose]()
    },
  }
}
