import memory from '@plugboard/memory'
import scripted from '@plugboard/scripted'
import crud from 'plugboard/interfaces/crud'
import hitl from 'plugboard/interfaces/hitl'
import crudContract from 'plugboard/interfaces/crud/contract'
import listableContract from 'plugboard/interfaces/listable/contract'
import llm from 'plugboard/interfaces/llm'
import llmContract from 'plugboard/interfaces/llm/contract'
import messageState from 'plugboard/interfaces/message-state'
import proactiveConversation from 'plugboard/interfaces/proactive-conversation'
import proactiveUser from 'plugboard/interfaces/proactive-user'
import typingIndicator from 'plugboard/interfaces/typing-indicator'
import { type Act, adversary, fake, runSuite } from 'plugboard/testing'
import { describe, expect, it } from 'vitest'

const date = '2026-11-29'
const seed = ['One', 'Two', 'Three', 'Four', 'Five'].map((title) => ({ title }))
const failed = ({ checks }: Awaited<ReturnType<typeof runSuite>>) =>
  checks.filter(({ outcome }) => outcome === 'failed')

/** Somebody writes in a session of a double. */
const write: Act = async ({ client, text }) => {
  const { user } = await client.getOrCreateUser({ tags: { id: 'ada' } })
  const { conversation } = await client.getOrCreateConversation({ channel: 'hitl', tags: { id: 'desk' } })
  await client.createMessage({ conversationId: conversation.id, userId: user.id, type: 'text', payload: { text } })
}

describe('an integration that keeps its promises', () => {
  it('passes the suite of crud, which covers the interfaces that it builds on', async () => {
    const report = await runSuite(crudContract, { integration: memory, configuration: { seed }, date })
    expect(failed(report)).toEqual([])
    expect(report.covers.map(({ name }) => name)).toEqual([
      'listable',
      'creatable',
      'readable',
      'updatable',
      'deletable',
    ])
    expect(report.checks.map(({ check }) => check)).toEqual(
      expect.arrayContaining(['listable/keeps-its-order', 'deletable/deletes-again', 'crud/pages-while-items-change']),
    )
  })

  it('passes the suite of an interface that it implements as a part of another', async () => {
    const report = await runSuite(listableContract, {
      integration: memory,
      configuration: { seed, pageSize: 2 },
      date,
    })
    expect(failed(report)).toEqual([])
    expect(report).toMatchObject({ interface: { name: 'listable', version: '1.0.0' }, as: 'listable' })
  })

  it('passes the suite of llm', async () => {
    const report = await runSuite(llmContract, { integration: scripted, date })
    expect(failed(report)).toEqual([])
    expect(report.capabilities).toEqual(['stream', 'tools', 'imageInput', 'structuredOutput'])
  })
})

describe.each([
  ['a fake', fake],
  ['an adversary', adversary],
])('%s', (_, make) => {
  it.each([1, 2, 3])('passes the laws of the schemas, made from seed %i', async (number) => {
    for (const [base, integration] of [
      [llm, make(llm, { seed: number })],
      [crud, make(crud, { seed: number })],
    ] as const)
      expect(failed(await runSuite(base as typeof crud, { integration, date, generated: 3 }))).toEqual([])
  })

  it('passes the laws of the interfaces of chats, those of what is sent on their channels among them', async () => {
    for (const [base, integration] of [
      [typingIndicator, make(typingIndicator)],
      [messageState, make(messageState)],
      [proactiveUser, make(proactiveUser)],
      [proactiveConversation, make(proactiveConversation)],
    ] as const)
      expect(failed(await runSuite(base as typeof messageState, { integration, date, generated: 2 }))).toEqual([])
    const options = { integration: make(hitl), date, generated: 2, people: { write } }
    const report = await runSuite(hitl, options)
    expect(failed(report)).toEqual([])
    expect(report.checks.filter(({ check, outcome }) => check.endsWith('/sent') && outcome === 'passed')).toHaveLength(
      7,
    )
  })
})
