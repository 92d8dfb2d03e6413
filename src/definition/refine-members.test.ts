import { describe, expect, test } from 'vitest'
import { IntegrationDefinition, InterfaceDefinition, z } from 'plugboard'
import { loosely } from './problems-of.fixture.ts'

const text = z.object({ text: z.string() })
const llm = new InterfaceDefinition({
  name: 'llm',
  entities: { model: { schema: z.object({ id: z.string() }) } },
  actions: {
    ask: {
      title: 'Ask',
      description: 'Answers a question.',
      billable: true,
      idempotent: true,
      attributes: { group: 'text', level: 'basic' },
      input: { schema: ({ model }) => z.object({ model: model.optional(), prompt: z.string() }) },
      output: { schema: () => text },
    },
  },
  events: { changed: { title: 'Changed', schema: ({ model }) => z.object({ model }) } },
  channels: { direct: { title: 'Direct', messages: { text: { schema: () => text } } } },
})
const model = z.object({ id: z.enum(['large', 'small']), size: z.number() })
const acme = (own: object = {}) =>
  new IntegrationDefinition(
    loosely({ name: 'acme', entities: { model: { schema: model } }, ...own }),
  ) as IntegrationDefinition
const mapped = (more: object = {}): never => loosely(({ entities }: { entities: object }) => ({ entities, ...more }))

describe('what is said anew', () => {
  const ask = (more: object, own?: object) =>
    acme(own && { actions: { ask: own } }).extend(llm, mapped({ actions: { ask: more } })).actions

  test('of an action counts before what the interface says; the rest stays', () => {
    expect(ask({})['ask']).toMatchObject({ title: 'Ask', description: 'Answers a question.', billable: true })
    const more = {
      name: 'complete',
      title: 'Complete',
      billable: false,
      cacheable: true,
      attributes: { level: 'high' },
    }
    expect(ask(more)).toMatchObject({
      complete: {
        name: 'complete',
        title: 'Complete',
        description: 'Answers a question.',
        billable: false,
        cacheable: true,
        idempotent: true,
        attributes: { group: 'text', level: 'high' },
      },
    })
    expect(ask({ description: 'Hums.', idempotent: false, title: undefined })['ask']).toMatchObject({
      title: 'Ask',
      description: 'Hums.',
      idempotent: false,
    })
  })

  test('of an action counts before what the own one of that name says, which counts before the interface', () => {
    const own = {
      input: { schema: z.object({ prompt: z.string() }) },
      output: { schema: text },
      title: 'Own',
      billable: false,
      attributes: { level: 'own', place: 'here' },
    }
    expect(ask({ title: 'Anew', attributes: { level: 'anew' } }, own)['ask']).toMatchObject({
      title: 'Anew',
      description: 'Answers a question.',
      billable: false,
      idempotent: true,
      attributes: { group: 'text', level: 'anew', place: 'here' },
    })
  })

  test('of an action reaches whoever calls it by the interface', () => {
    const definition = acme().extend(llm, mapped({ actions: { ask: { billable: false, cacheable: true } } }))
    expect(definition.interfaces[0]?.actions['ask']?.action).toMatchObject({ billable: false, cacheable: true })
    expect(llm.members.actions['ask']).toMatchObject({ billable: true })
  })

  test('of an event or channel are its texts', () => {
    const definition = acme().extend(
      llm,
      mapped({
        events: { changed: { name: 'modelChanged', description: 'Another model.' } },
        channels: { direct: { name: 'chat', title: 'Chat' } },
      }),
    )
    expect(definition.events).toEqual({
      modelChanged: { title: 'Changed', description: 'Another model.', schema: expect.anything() },
    })
    expect(definition.channels).toMatchObject({ chat: { title: 'Chat', messages: { text: {} } } })
  })

  test('of the tags of a channel joins those that are there', () => {
    const own = {
      messages: { note: { schema: text } },
      message: { tags: { id: { title: 'Id', identity: true }, seen: {} } },
      conversation: { tags: { room: { title: 'Room' } } },
    }
    const anew = { message: { tags: { id: { title: 'Chat id' }, thread: {} } }, conversation: { tags: { team: {} } } }
    const definition = acme({ channels: { direct: own } }).extend(llm, mapped({ channels: { direct: anew } }))
    expect(definition.channels['direct']).toMatchObject({
      message: { tags: { id: { title: 'Chat id', identity: true }, seen: {}, thread: {} } },
      conversation: { tags: { room: { title: 'Room' }, team: {} } },
    })
    expect(Object.keys(definition.channels['direct']!.messages)).toEqual(['text', 'note'])
    const plain = acme().extend(llm, mapped({ channels: { direct: { message: { tags: { id: {} } } } } }))
    expect(plain.channels['direct']).toMatchObject({ message: { tags: { id: {} } }, conversation: { tags: {} } })
  })
})
