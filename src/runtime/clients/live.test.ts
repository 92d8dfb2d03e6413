import { describe, expect, it, vi } from 'vitest'
import { BotDefinition } from 'plugboard'
import { startBot } from 'plugboard/runtime'
import { speaker } from '../bot/speech.fixture.ts'
import { newSchema, postgresUrl } from '../postgres/shared-postgres.fixture.ts'

const modes = { memory: async () => undefined, postgres: postgresUrl }

describe.each(Object.entries(modes))('what an installation publishes, with %s', (_, url) => {
  const start = async (name = newSchema().replaceAll('_', '-')) => {
    const errors: string[] = []
    const bot = new BotDefinition({ name }).addIntegration(speaker('one')).addIntegration(speaker('two'))
    const database = await url()
    const running = await startBot(bot, {
      environment: {},
      database,
      log: ({ level, message }) => void (level === 'error' && errors.push(message)),
    })
    return Object.assign(running, { name, errors })
  }

  it('is heard under its topic by the same installation, in order and as a copy', async () => {
    await using running = await start()
    const [one, two] = [running.clientOf('one'), running.clientOf('two')]
    const heard: unknown[] = []
    const end = one.subscribe({ topic: 'a b\nc', hear: (data) => heard.push(data) })
    one.subscribe({ topic: 'other', hear: () => heard.push('another topic') })
    two.subscribe({ topic: 'a b\nc', hear: () => heard.push('another installation') })
    const data = { count: 0, left: undefined }
    const sent = [one.publish({ topic: 'a b\nc', data })]
    data.count = 9
    for (const count of [1, 2]) sent.push(one.publish({ topic: 'a b\nc', data: { count } }))
    await Promise.all(sent)
    await vi.waitFor(() => expect(heard).toEqual([{ count: 0 }, { count: 1 }, { count: 2 }]))
    end()
    await one.publish({ topic: 'a b\nc', data: 'late' })
    expect(heard).toHaveLength(3)
  })

  it('is heard by others although one listener fails', async () => {
    await using running = await start()
    const client = running.clientOf('one')
    const heard: unknown[] = []
    client.subscribe({
      topic: 'a',
      hear: () => {
        throw new Error('deaf')
      },
    })
    client.subscribe({ topic: 'a', hear: (data) => heard.push(data) })
    await client.publish({ topic: 'a', data: 1 })
    expect(heard).toEqual([1])
    expect(running.errors).toEqual(['what was published could not be heard'])
  })

  it('is refused where it is no JSON, too large, or has no topic', async () => {
    await using running = await start()
    const client = running.clientOf('one')
    const refused = { code: 'announcement_invalid', where: { integration: 'one' } }
    await expect(client.publish({ topic: 'a', data: { at: new Date() } })).rejects.toMatchObject(refused)
    await expect(client.publish({ topic: 'a', data: 'a'.repeat(1024 * 1024) })).rejects.toMatchObject(refused)
    await expect(client.publish({ topic: '', data: 1 })).rejects.toMatchObject(refused)
    expect(() => client.subscribe({ topic: 'a'.repeat(201), hear: () => {} })).toThrow('a topic is a text')
  })
})

it('what is published is heard by other processes that share the PostgreSQL, whatever its size, once', async () => {
  const database = await postgresUrl()
  const name = newSchema().replaceAll('_', '-')
  const start = () =>
    startBot(new BotDefinition({ name }).addIntegration(speaker('one')), { environment: {}, database })
  await using here = await start()
  await using there = await start()
  const heard: [string, unknown][] = []
  for (const [place, running] of Object.entries({ here, there }))
    running.clientOf('one').subscribe({ topic: 'a', hear: (data) => heard.push([place, data]) })
  const all = [1, 'x'.repeat(7900), 'ä'.repeat(500_000), 2]
  for (const data of all) await here.clientOf('one').publish({ topic: 'a', data })
  const heardAt = (at: string): unknown[] => heard.filter(([place]) => place === at).map(([, data]) => data)
  await vi.waitFor(() => expect(heardAt('there')).toHaveLength(all.length), 10_000)
  expect(heardAt('there')).toEqual(all)
  expect(heardAt('here')).toEqual(all)
})

it('says that something may have been missed when the connection comes back after it broke', async () => {
  const database = await postgresUrl()
  const name = newSchema().replaceAll('_', '-')
  await using running = await startBot(new BotDefinition({ name }).addIntegration(speaker('one')), {
    environment: {},
    database,
    log: () => {},
  })
  const missed = vi.fn<() => void>()
  const heard: unknown[] = []
  const client = running.clientOf('one')
  client.subscribe({ topic: 'a', hear: (data) => heard.push(data), missed })
  const { Client } = await import('pg')
  const admin = new Client({ connectionString: database })
  await admin.connect()
  const listening = `select pg_terminate_backend(pid) from pg_stat_activity
    where application_name = 'plugboard listening' and query like $1`
  await admin.query(listening, [`%"plugboard_${name.replaceAll('-', '_')}"%`])
  await vi.waitFor(() => expect(missed).toHaveBeenCalled(), 10_000)
  await admin.end()
  await client.publish({ topic: 'a', data: 'after' })
  expect(heard).toEqual(['after'])
})
