import github from '@plugboard/github'
import crud from 'plugboard/interfaces/crud/contract'
import { type SetUp, type Situation, suiteSetUp } from 'plugboard/testing'
import { type Answer, Hub, owner, says } from './hub.fixture.ts'
import { configurationFor } from './triage.fixture.ts'

/** More answers than are asked for: whoever tries again meets the same. */
const times = 6

/** What a bad day of GitHub is like, where issues are listed. */
function situationsOf(hub: Hub): Readonly<Record<string, Situation>> {
  const instead = (answer: Answer): Situation => ({
    action: 'listItems',
    before: () => hub.instead(/^GET \/repos\/.*\/issues\?/, ...Array.from({ length: times }, () => answer)),
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
    refused: { action: 'createItem', input: { draft: { title: 'Nobody can do it', assignees: ['no-such-person'] } } },
    refusedDraft: { action: 'createItem', input: { draft: { title: ' ' } } },
    slow: instead(() => {}),
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
    situations: situationsOf(hub),
    date: '2026-11-29',
    report: new URL('conformance.json', import.meta.url),
  })
  return {
    provider: { integration: github, configuration },
    suites: [suite],
    stop: () => hub[Symbol.asyncDispose](),
  }
}
