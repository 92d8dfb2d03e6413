import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import database from '@plugboard/database'
import { BotDefinition } from 'plugboard'
import { startBot } from 'plugboard/runtime'
import { expect, it } from 'vitest'
import { MongoServer } from './mongodb/mongo-server.fixture.ts'

/** Starts a bot in a process of its own, has it list, and tells which drivers were loaded. */
async function driversOf(url: string): Promise<string> {
  const script = `
    import { createRequire } from 'node:module'
    import database from '@plugboard/database'
    import { BotDefinition } from 'plugboard'
    import { startBot } from 'plugboard/runtime'
    const definition = new BotDefinition({ name: 'clerk' }).addIntegration(database, {
      configuration: { url: process.env.URL, table: 'things' },
    })
    const bot = await startBot(definition, { environment: {}, log: () => {} })
    await bot.actions.database.listItems({}).catch(() => {})
    await bot.stop()
    const loaded = Object.keys(createRequire(import.meta.url).cache)
    console.log(['mongodb', 'pg'].filter((name) => loaded.some((path) => path.includes('/node_modules/' + name + '/'))).join())`
  const flags = ['-C', '@plugboard/source', '--input-type=module', '-e', script]
  const { stdout } = await promisify(execFile)(process.execPath, flags, {
    cwd: import.meta.dirname,
    env: { ...process.env, URL: url },
  })
  return stdout.trim()
}

it('loads the driver of the database that is configured, and no other', async () => {
  await using server = await MongoServer.start()
  await server.collection('things')
  expect(await driversOf(server.url)).toBe('mongodb')
  expect(await driversOf('postgres://nobody@127.0.0.1:1/none')).toBe('pg')
})

it.each([
  [{ url: 'mongodb://h/x', table: 'things', schema: 'public' }, 'MongoDB has no schemas'],
  [{ url: 'mongodb://h/x', table: 'things', idColumn: '$where' }, 'the name of a field'],
  [{ url: 'mongodb://h/x', table: 'things', updatedColumn: 'a.b' }, 'the name of a field'],
  [{ url: 'mysql://h/x', table: 'things' }, 'the address of a database'],
  [{ url: 'postgres://h:port/x', table: 'things' }, 'the address of a database'],
])('is not used with %j, and says what is wrong', async (configuration, message) => {
  const definition = new BotDefinition({ name: 'clerk' }).addIntegration(database, { configuration })
  await using bot = await startBot(definition, { environment: {}, log: () => {} })
  await expect(bot.actions.database.listItems({})).rejects.toThrow(message)
})
