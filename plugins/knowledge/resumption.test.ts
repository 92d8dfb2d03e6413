import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BotDefinition, PlugboardError } from 'plugboard'
import embeddings from 'plugboard/interfaces/embeddings'
import filesReadonly from 'plugboard/interfaces/files-readonly'
import llm from 'plugboard/interfaces/llm'
import knowledge from 'plugboard/plugins/knowledge'
import { sqliteStore, startBot } from 'plugboard/runtime'
import { adversary, Calendar, fake } from 'plugboard/testing'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { answering, letters, lettersModel, shelfOf, start } from './documents.fixture.ts'

async function storeOf(clock: Calendar) {
  const folder = await mkdtemp(join(tmpdir(), 'knowledge-store-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  return sqliteStore(join(folder, 'store.db'), clock)
}
const ended = ['completed', 'failed']

describe('an ingestion', () => {
  it('goes on where it was when the bot is stopped in the middle', async () => {
    const clock = new Calendar()
    await using store = await storeOf(clock)
    const shelf = shelfOf({ 'a.txt': 'apples', 'b.txt': 'bananas', 'c.txt': 'cherries' })
    let isOpen = false
    const vectors = lettersModel((texts) => (texts.includes('bananas') && !isOpen ? new Promise(() => {}) : undefined))
    let id: string
    {
      await using bot = await start({ shelf, vectors, options: { store, clock } })
      id = await bot.begin()
      await vi.waitFor(() => expect(vectors.embedded()).toEqual(['apples', 'bananas']), { timeout: 20_000 })
    }
    isOpen = true
    await using bot = await start({ shelf, vectors, options: { store, clock } })
    await vi.waitFor(async () => expect((await bot.get(id)).status).toBe('completed'), { timeout: 20_000 })
    expect(vectors.embedded()).toEqual(['apples', 'bananas', 'bananas', 'cherries'])
    expect(shelf.reads()).toEqual(['a.txt', 'b.txt', 'c.txt'])
    expect((await bot.get(id)).result).toMatchObject({ files: 3, ingested: 3, passages: 3, failed: 0 })
    expect(await bot.sources('bananas')).toEqual(['b.txt'])
  }, 60_000)

  it('begins by the clock', async () => {
    const clock = new Calendar()
    await using store = await storeOf(clock)
    const shelf = shelfOf({ 'a.txt': 'apples' })
    const noon = Date.parse('2026-01-01T12:01:00Z')
    clock.date = noon
    {
      await using bot = await start({ shelf, options: { store, clock } })
      await bot.idle()
      expect(shelf.reads()).toEqual([])
    }
    clock.date = noon + 300_000
    await using bot = await start({ shelf, options: { store, clock } })
    await vi.waitFor(async () => expect(await bot.sources('apples')).toEqual(['a.txt']), { timeout: 20_000 })
  }, 60_000)

  it('follows what a platform tells of its files', async () => {
    const file = { id: 'one', name: 'one.txt' }
    let text = 'apples'
    const drive = fake(filesReadonly, {
      name: 'drive',
      actions: {
        listItemsInFolder: () => ({ files: [file], folders: [], nextCursor: undefined }),
        readFile: async function* () {
          yield { bytes: new TextEncoder().encode(text) }
          return {}
        },
      },
    })
    const bot = new BotDefinition()
      .addIntegration(drive)
      .addIntegration(lettersModel().double)
      .addIntegration(answering('Yes.'))
      .addPlugin(knowledge, { configuration: { leastScore: 0.9 } })
    await using running = await startBot(bot, { environment: {}, log: () => {} })
    const client = running.clientOf('drive')
    const found = async (query: string) => (await running.actions.knowledge.search({ query })).passages.length
    await client.createEvent({ type: 'fileCreated', payload: { file } })
    await running.idle()
    expect(await found('apples')).toBe(1)
    text = 'quinces'
    await client.createEvent({ type: 'fileUpdated', payload: { file } })
    await running.idle()
    expect([await found('apples'), await found('quinces')]).toEqual([0, 1])
  })

  it('ends with adversaries, one way or another, and what was taken in is found', async () => {
    const shelf = shelfOf({ 'a.txt': 'apples', 'b.txt': 'bananas' })
    const bot = new BotDefinition()
      .addIntegration(shelf.double)
      .addIntegration(
        adversary(embeddings, {
          name: 'vectors',
          slowness: 1,
          actions: {
            embed: ({ texts }) => ({ model: { id: 'letters' }, dimensions: 26, vectors: texts.map(letters) }),
          },
        }),
      )
      .addIntegration(adversary(llm, { name: 'model', slowness: 1 }))
      .addPlugin(knowledge, { configuration: { leastScore: 0.5 } })
    await using running = await startBot(bot, { environment: {}, log: () => {} })
    const { ingest, getIngestion, search, answer } = running.actions.knowledge
    const results: unknown[] = []
    for (let pass = 0; pass < 4; pass += 1) {
      const { ingestion } = await ingest({})
      await vi.waitFor(async () => expect(ended).toContain((await getIngestion({ ingestion })).status), {
        timeout: 30_000,
      })
      results.push((await getIngestion({ ingestion })).status)
    }
    expect(results).toContain('completed')
    expect((await running.deadLetters()).items).toEqual([])
    const outcomes = await Promise.all(
      Array.from({ length: 6 }, () =>
        search({ query: 'bananas' }).then(
          ({ passages }) => passages.map(({ source }) => source).join(),
          (error: unknown) => PlugboardError.isInstance(error),
        ),
      ),
    )
    for (const outcome of outcomes) expect([true, 'b.txt']).toContain(outcome)
    expect(outcomes).toContain('b.txt')
    for (let index = 0; index < 6; index += 1)
      await answer({ question: 'apples' }).then(
        ({ sources }) => expect(sources.map(({ source }) => source)).toContain('a.txt'),
        (error: unknown) => expect(PlugboardError.isInstance(error)).toBe(true),
      )
  }, 120_000)

  it('ends where files come from an adversary, and tells of those that it could not take in', async () => {
    const files = ['a.txt', 'b.md', 'c.html'].map((name) => ({ id: name, name }))
    const drive = adversary(filesReadonly, {
      name: 'drive',
      slowness: 1,
      actions: {
        listItemsInFolder: () => ({ files, folders: [], nextCursor: undefined }),
        readFile: async function* ({ file }, { index }) {
          yield { bytes: new TextEncoder().encode(`# ${file.name}\n\n`) }
          if (index % 4 === 1) throw new PlugboardError({ code: 'vendor_failed', message: 'it broke off' })
          yield { bytes: new TextEncoder().encode('apples') }
          return {}
        },
      },
    })
    const bot = new BotDefinition()
      .addIntegration(drive)
      .addIntegration(lettersModel().double)
      .addIntegration(answering('Yes.'))
      .addPlugin(knowledge, { configuration: { leastScore: 0.5 } })
    await using running = await startBot(bot, { environment: {}, log: () => {} })
    const { ingest, getIngestion, search } = running.actions.knowledge
    const reasons: string[] = []
    for (let pass = 0; pass < 5; pass += 1) {
      const { ingestion } = await ingest({})
      await vi.waitFor(async () => expect(ended).toContain((await getIngestion({ ingestion })).status), {
        timeout: 30_000,
      })
      const { result, failureReason } = await getIngestion({ ingestion })
      reasons.push(...(result?.failures ?? []).map(({ reason }) => reason), ...(failureReason ? [failureReason] : []))
    }
    expect(reasons.length).toBeGreaterThan(0)
    expect((await running.deadLetters()).items).toEqual([])
    const { passages } = await search({ query: 'apples' })
    expect(passages.length).toBeGreaterThan(0)
    // Nothing of a file that broke off.
    expect(passages.every(({ text }) => text.endsWith('apples'))).toBe(true)
  }, 180_000)

  it('refuses vectors that are not one for each text', async () => {
    const few = fake(embeddings, {
      name: 'vectors',
      actions: {
        embed: {
          model: { id: 'few' },
          dimensions: 2,
          vectors: [
            [1, 0],
            [0, 1],
          ],
        },
      },
    })
    await using bot = await start({ vectors: { double: few } })
    expect(await bot.ingest()).toMatchObject({
      status: 'failed',
      failureReason: expect.stringContaining('1 texts were embedded, and 2 vectors given') as string,
    })
  })
})
