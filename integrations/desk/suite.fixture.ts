import { randomUUID } from 'node:crypto'
import desk from '@plugboard/desk'
import hitl from 'plugboard/interfaces/hitl/contract'
import { withHandlers } from 'plugboard/runtime'
import { type Act, type SetUp, suiteSetUp } from 'plugboard/testing'

import type { DeskClient } from './props.ts'
import { find } from './sessions.ts'
import { shownMessages } from './shown.ts'

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

/** The desk, which lends its client to whoever looks at the page meanwhile. */
let client: DeskClient | undefined
const observed = withHandlers(desk, (handlers) => {
  const actions: Readonly<Record<string, unknown>> = handlers.actions ?? {}
  const make = actions['createUser'] as (props: { client: DeskClient }) => Promise<unknown>
  // Whoever begins a session makes a user first.
  const createUser = async (props: { client: DeskClient }): Promise<unknown> => {
    client = props.client
    return make(props)
  }
  return { ...handlers, actions: { ...actions, createUser } } as never
})

/** What the page shows of all sessions. */
async function shown() {
  const messages: { text: string; name: string | undefined }[] = []
  const { items } = (await client?.listConversations()) ?? { items: [] }
  for (const { id } of items) {
    const session = client && (await find(client, id))
    if (client && session)
      for (const { name: by, payload } of await shownMessages(client, id, session))
        messages.push({ text: (payload as { text?: string }).text ?? JSON.stringify(payload), name: by })
  }
  return { messages }
}

const suite = suiteSetUp('hitl', hitl, {
  integration: observed,
  configuration,
  date: '2026-11-29',
  report: new URL('conformance.json', import.meta.url),
  people: { assign: does('take'), answer: answers, end: does('end') },
  shown,
  situations: { refused: { action: 'stopHitl', input: { conversationId: 'none' } } },
})

export default async (): Promise<SetUp> => ({
  provider: { integration: desk, configuration },
  suites: [suite],
  stop: async () => {},
})
