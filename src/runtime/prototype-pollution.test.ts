import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { BotDefinition, BotImplementation, IntegrationDefinition, IntegrationImplementation, z } from 'plugboard'
import { fetchHandler, sqliteStore, startBot, type StartOptions } from 'plugboard/runtime'
import { systemClock } from './memory/system-clock.ts'
import { memoryStore } from './sqlite/memory-store.ts'

/** JSON that names what all objects have in common, at any depth. */
const evil =
  '{"__proto__":{"polluted":"yes"},"constructor":{"prototype":{"polluted":"yes"}},"deep":[{"__proto__":{"polluted":"yes"}}]}'
const evilTags = '{"__proto__":"polluted","constructor":"polluted","toString":"polluted","room":"1"}'
const parse = (text: string): never => JSON.parse(text) as never

const before = Object.getOwnPropertyNames(Object.prototype)
const demandUnchanged = (): void => expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before)

/** Fails if any object in a value has another prototype than objects and lists have, so that it seems to have what it has not. */
function demandPlain(value: unknown): void {
  if (typeof value !== 'object' || value === null) return
  expect([Object.prototype, Array.prototype]).toContain(Object.getPrototypeOf(value))
  for (const key of Object.getOwnPropertyNames(value))
    demandPlain(Object.getOwnPropertyDescriptor(value, key)?.value as unknown)
}

const anything = z.looseObject({ given: z.any() })
const deskDefinition = new IntegrationDefinition({
  name: 'desk',
  channels: { chat: { messages: { text: { schema: anything } } } },
  events: { rang: { schema: anything } },
  states: { session: { type: 'conversation', schema: anything } },
})
const desk = (sent: unknown[]) =>
  deskDefinition.implementedBy(async () => ({
    default: new IntegrationImplementation(deskDefinition, {
      handler: async ({ req, client }) => {
        const given = parse(req.body ?? '{}')
        const { user } = await client.getOrCreateUser({ tags: parse(evilTags) })
        const { conversation } = await client.getOrCreateConversation({ channel: 'chat', tags: parse(evilTags) })
        const conversationId = conversation.id
        const payload = { given, ...(given as object) }
        await client.setState({ name: 'session', id: conversationId, payload })
        await client.patchState({ name: 'session', id: conversationId, payload })
        await client.createMessage({ conversationId, userId: user.id, type: 'text', payload, tags: parse(evilTags) })
        await client.createEvent({ type: 'rang', conversationId, payload })
      },
      channels: {
        chat: {
          messages: {
            text: async ({ payload, ack, message }) => {
              sent.push(payload, message)
              await ack({ tags: parse(evilTags) })
            },
          },
        },
      },
    }),
  }))

const definition = (sent: unknown[]) =>
  new BotDefinition({
    states: { kept: { type: 'bot', schema: anything } },
    events: { done: { schema: anything } },
    tables: { rows: { schema: z.object({ given: z.json() }) } },
  }).addIntegration(desk(sent))

const folder = mkdtempSync(join(tmpdir(), 'plugboard-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe.each([
  ['memory', async () => memoryStore(systemClock)],
  ['a SQLite file', async () => sqliteStore(join(folder, 'store.sqlite'))],
])('what names the prototype of objects, kept in %s,', (_, makeStore) => {
  it('changes no prototype, on its way in, in handlers, in the store and on its way out', async () => {
    const [seen, sent, failures]: unknown[][] = [[], [], []]
    const bot = new BotImplementation(definition(sent as unknown[]), {})
    bot.on.beforeIncomingMessage('*', async ({ data }) => ({ data }))
    bot.on.message('*', async ({ message, conversation, user, client }) => {
      const { conversationId, payload } = message
      seen?.push(message, conversation, user)
      await client.setState({ name: 'kept', payload: payload as never })
      await client.patchState({ name: 'kept', payload })
      await client.updateConversation({ id: conversationId, tags: parse(evilTags) })
      await client.createEvent({ type: 'done', payload: payload as never })
      await client.createMessage({ conversationId, type: 'text', payload: payload as never, tags: parse(evilTags) })
      const { rows } = await client.createTableRows({ table: 'rows', rows: [{ given: parse(evil) }] })
      seen?.push(rows, await client.findTableRows({ table: 'rows' }))
    })
    bot.on.event('*', async ({ event, client }) => {
      seen?.push(event, (await client.getState({ name: 'kept' })).state)
    })
    await using store = await makeStore()
    const options: StartOptions = { store, environment: {}, traces: true, retries: { attempts: 1 } }
    await using running = await startBot(bot, { ...options, log: (line) => void failures?.push(line) })
    const handler = fetchHandler(() => running, { adminToken: 'the-token-of-tests' })
    const headers = { authorization: 'Bearer the-token-of-tests', ['__proto__']: 'polluted', constructor: 'polluted' }
    const ask = async (path: string, init: RequestInit = {}): Promise<[number, unknown]> => {
      const response = await handler(new Request(`http://host${path}`, { headers, ...init }))
      const text = await response.text()
      return [response.status, text === '' ? undefined : JSON.parse(text)]
    }
    expect((await ask('/desk/__proto__?__proto__=1&constructor=2', { method: 'POST', body: evil }))[0]).toBe(200)
    await running.idle()
    expect((await running.deadLetters()).items).toEqual([])
    expect(seen?.length).toBeGreaterThan(5)
    expect(sent).toHaveLength(2)
    for (const value of [seen, sent, failures]) demandPlain(value)

    const { items } = await running.history.conversations()
    expect(items).toHaveLength(1)
    expect(Object.entries(items[0]?.tags ?? {})).toEqual(expect.arrayContaining(Object.entries(parse(evilTags))))
    for (const path of ['conversations', `conversations/${items[0]?.id}/messages`, 'traces', 'dead-letters']) {
      const [status, body] = await ask(`/admin/${path}`)
      expect(status).toBe(200)
      demandPlain(body)
    }
    for (const body of [evil, `{"to":${evil}}`, `{"to":["desk"],"policies":[${evil}]}`, '"__proto__"', '"constructor"'])
      expect((await ask('/admin/bindings/__proto__/constructor', { method: 'PUT', body }))[0]).toBeGreaterThanOrEqual(
        400,
      )
    for (const path of ['__proto__', 'constructor', 'toString', '__proto__/webhook'])
      expect((await ask(`/${path}`, { method: 'POST', body: evil }))[0]).toBe(404)
    demandUnchanged()
  })
})

it('configuration that names it says nothing of the needs of a bot, nor of anything else', async () => {
  const bindings = JSON.parse('{"__proto__":{"polluted":"yes"}}') as StartOptions['bindings']
  await expect(startBot(definition([]), { bindings, environment: {} })).rejects.toMatchObject({
    problems: [{ code: 'need_unknown' }],
  })
  demandUnchanged()
})
