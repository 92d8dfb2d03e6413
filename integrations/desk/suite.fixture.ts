import { randomUUID } from 'node:crypto'
import desk from '@plugboard/desk'
import hitl from 'plugboard/interfaces/hitl/contract'
import { type Act, type SetUp, suiteSetUp } from 'plugboard/testing'

const key = 'the key of the suite'
const configuration = { key }
const name = 'Grace'

/** Somebody who serves does something with a session, as the page does it. */
const does =
  (deed: string, body: (text: string) => object = () => ({ name })): Act =>
  async ({ receive, conversation, text }) => {
    const path = `/sessions/${conversation?.id}/${deed}`
    const headers = { authorization: `Bearer ${key}` }
    return receive({ path, headers, body: JSON.stringify(body(text)) })
  }

const answers = does('messages', (text) => ({ name, text, clientMessageId: randomUUID() }))

const suite = suiteSetUp('hitl', hitl, {
  integration: desk,
  configuration,
  date: '2026-11-29',
  report: new URL('conformance.json', import.meta.url),
  people: { assign: does('take'), answer: answers, end: does('end') },
})

export default async (): Promise<SetUp> => ({
  provider: { integration: desk, configuration },
  suites: [suite],
  stop: async () => {},
})
