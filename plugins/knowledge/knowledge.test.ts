import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import localFiles from '@plugboard/local-files'
import openai from '@plugboard/openai'
import scripted from '@plugboard/scripted'
import { BotDefinition, BotImplementation, PlugboardError } from 'plugboard'
import knowledge from 'plugboard/plugins/knowledge'
import { startBot } from 'plugboard/runtime'
import { afterAll, describe, expect, it, onTestFinished } from 'vitest'
import { apiKey } from '../../src/ai-sdk/vendors/language-models.fixture.ts'
import { MediaServer } from '../../src/ai-sdk/vendors/media-server.fixture.ts'
import { answering, lettersModel, shelfOf, start } from './documents.fixture.ts'
import { pdfOf } from './pdf.fixture.ts'

const server = await MediaServer.start()
afterAll(async () => {
  await server.stop()
})

const handbook: Readonly<Record<string, string>> = {
  'shop/delivery.md':
    '# Delivery\n\nParcels are on their way for three working days.\n\n## Abroad\n\nParcels to other countries take two weeks.',
  'shop/returns.html':
    '<html><head><title>Giving things back</title><style>p { color: red }</style></head><body><nav>Home</nav><h1>Returns</h1><p>A purchase can be returned within <b>thirty</b> days.</p></body></html>',
  'hours.txt': 'The office is closed on public holidays.',
  'logo.png': 'no text',
}

async function folderOf(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'knowledge-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), text)
  }
  return folder
}

describe('the knowledge', () => {
  it.each([
    ['files', 'scripted'],
    ['storage', 'scripted'],
    ['files', 'openai'],
    ['storage', 'openai'],
  ])('takes in what local files has as %s, and finds it by %s', async (source, vendor) => {
    const bot = new BotDefinition({ defaults: { llm: 'scripted', embeddings: vendor } })
      .addIntegration(localFiles, { configuration: { folder: await folderOf(handbook) } })
      .addIntegration(scripted)
      .addIntegration(openai, { configuration: { apiKey, baseUrl: `${server.url}/v1` } })
      .addPlugin(knowledge, { dependencies: { [source]: 'local-files' } as { files: 'local-files' } })
    await using running = await startBot(bot, { environment: {}, log: () => {} })
    const { ingest, getIngestion, search } = running.actions.knowledge
    const { ingestion } = await ingest({})
    await running.idle()
    expect(await getIngestion({ ingestion })).toEqual({
      status: 'completed',
      result: {
        files: 3,
        ignored: 1,
        unchanged: 0,
        ingested: 3,
        removed: 0,
        passages: 4,
        failed: 0,
        failures: [],
      },
    })
    const text = 'A purchase can be returned within thirty days.'
    const { passages } = await search({ query: `Returns\n${text}`, limit: 1 })
    expect(passages).toEqual([
      {
        source: 'shop/returns.html',
        title: 'Giving things back',
        heading: 'Returns',
        position: 1,
        text,
        score: expect.closeTo(1, 5) as number,
      },
    ])
    const abroad = await search({ query: 'Delivery › Abroad\nParcels to other countries take two weeks.', limit: 1 })
    expect(abroad.passages).toMatchObject([{ source: 'shop/delivery.md', title: 'Delivery', position: 2 }])
  })

  it('finds what stands in a PDF by the page, and tells of one that it cannot read', async () => {
    const shelf = shelfOf({
      'manual.pdf': pdfOf(['Apples are red.', 'Bananas are yellow.'], 'Fruit'),
      'scan.pdf': pdfOf(['']),
    })
    await using bot = await start({ shelf })
    expect((await bot.ingest()).result).toMatchObject({
      ingested: 1,
      passages: 2,
      failures: [{ source: 'scan.pdf', reason: 'it is a PDF of pictures, without text' }],
    })
    const [found] = await bot.found('Page 2 Bananas are yellow.')
    expect(found).toMatchObject({
      source: 'manual.pdf',
      title: 'Fruit',
      heading: 'Page 2',
      text: 'Bananas are yellow.',
    })
  })

  it('reads and embeds only what was changed, and forgets what is gone', async () => {
    const shelf = shelfOf({ 'a.txt': 'apples', 'b.txt': 'bananas', 'c.txt': 'cherries' })
    const vectors = lettersModel()
    await using bot = await start({ shelf, vectors })
    await bot.ingest()
    expect(vectors.embedded()).toEqual(['apples', 'bananas', 'cherries'])
    shelf.set('b.txt', 'blueberries')
    shelf.set('c.txt', 'cherries')
    shelf.files.delete('a.txt')
    expect((await bot.ingest()).result).toEqual({
      files: 2,
      ignored: 0,
      unchanged: 1,
      ingested: 1,
      removed: 1,
      passages: 1,
      failed: 0,
      failures: [],
    })
    // One that was written anew as it was is read, and not embedded.
    expect(shelf.reads()).toEqual(['a.txt', 'b.txt', 'c.txt', 'b.txt', 'c.txt'])
    expect(vectors.embedded()).toEqual(['apples', 'bananas', 'cherries', 'blueberries'])
    expect(await bot.sources('apples')).not.toContain('a.txt')
    expect(await bot.found('bananas')).not.toContainEqual(expect.objectContaining({ text: 'bananas' }))
    expect((await bot.found('blueberries'))[0]).toMatchObject({ source: 'b.txt', text: 'blueberries' })
  })

  it('takes in everything else where a file cannot be, keeps what it knew of it, and tells why', async () => {
    const shelf = shelfOf({
      'bad.txt': new Uint8Array([0xff, 0xfe, 0xfa]),
      'long.txt': 'x'.repeat(2000),
      'once.txt': 'grapes',
      'good.txt': 'quinces',
    })
    await using bot = await start({ shelf, configuration: { mostBytes: 1000 } })
    await bot.ingest()
    shelf.set('once.txt', () => {
      throw new PlugboardError({ code: 'vendor_refused', message: 'not for you' })
    })
    const { result } = await bot.ingest()
    expect(result).toMatchObject({ files: 4, unchanged: 1, failed: 3 })
    expect(result?.failures.toSorted((one, other) => (one.source < other.source ? -1 : 1))).toEqual([
      { source: 'bad.txt', reason: 'it is no text in UTF-8' },
      { source: 'long.txt', reason: 'it has more than 1000 bytes, which are the most that are read' },
      { source: 'once.txt', reason: expect.stringMatching(/^vendor_refused: .*not for you/) as string },
    ])
    expect(await bot.sources('grapes')).toEqual(['once.txt'])
    expect(await bot.sources('quinces')).toEqual(['good.txt'])
    shelf.set('once.txt', 'grapes')
    expect((await bot.ingest()).result).toMatchObject({ failed: 2 })
  })

  it('tries a file again where that is of use, after the others', async () => {
    const shelf = shelfOf({ 'a.txt': '', 'b.txt': 'bananas' })
    let failures = 2
    shelf.set('a.txt', (() => {
      failures -= 1
      if (failures >= 0)
        throw new PlugboardError({ code: 'vendor_unavailable', message: 'away', retryable: true, retryAfter: 1 })
    }) as () => never)
    await using bot = await start({ shelf })
    const id = await bot.begin()
    await expect.poll(async () => (await bot.get(id)).status, { timeout: 20_000 }).toBe('completed')
    expect(shelf.reads()).toEqual(['a.txt', 'b.txt', 'a.txt', 'a.txt'])
    expect((await bot.get(id)).result).toMatchObject({ ingested: 2, failed: 0 })
  })

  it('embeds in batches, long documents over several of them', async () => {
    const paragraphs = Array.from({ length: 7 }, (_, index) => `${'abcdefg'[index]}`.repeat(90))
    const batches: number[] = []
    const vectors = lettersModel((texts) => batches.push(texts.length))
    await using bot = await start({
      shelf: shelfOf({ 'long.md': paragraphs.join('\n\n') }),
      vectors,
      configuration: { passageLength: 100, overlap: 0, batchSize: 3 },
    })
    expect((await bot.ingest()).result).toMatchObject({ passages: 7, ingested: 1 })
    expect(batches).toEqual([1, 3, 3, 1])
    expect(await bot.found('ccc')).toMatchObject([{ text: paragraphs[2], position: 3 }])
  })

  it('embeds everything anew when the model changes, without reading it anew', async () => {
    const shelf = shelfOf({ 'a.txt': 'apples', 'b.txt': 'bananas' })
    await using bot = await start({ shelf })
    await bot.ingest()
    await bot.bindings.set('knowledge', 'embeddings', 'others')
    expect(await bot.found('apples')).toEqual([])
    expect(bot.lines).toContainEqual(
      expect.objectContaining({
        level: 'warn',
        message: expect.stringContaining('2 documents are embedded by another model') as string,
      }),
    )
    expect((await bot.ingest()).result).toMatchObject({ ingested: 2, passages: 2 })
    expect(shelf.reads()).toEqual(['a.txt', 'b.txt'])
    expect(await bot.sources('apples')).toEqual(['a.txt'])
  })

  it('cuts everything anew when it is told to cut otherwise', async () => {
    const shelf = shelfOf({ 'a.txt': `${'a'.repeat(90)}\n\n${'b'.repeat(90)}` })
    const options = { environment: {}, log: () => {} }
    const bot = (passageLength: number) => start({ shelf, configuration: { passageLength, overlap: 0 }, options })
    {
      await using running = await bot(1000)
      expect((await running.ingest()).result).toMatchObject({ passages: 1 })
    }
    await using running = await bot(100)
    expect((await running.ingest()).result).toMatchObject({ passages: 2 })
  })

  it('has one ingestion at a time', async () => {
    let open = (): void => {}
    const gate = new Promise<void>((resolve) => {
      open = resolve
    })
    await using bot = await start({ vectors: lettersModel(() => gate) })
    const first = await bot.begin()
    expect(await bot.begin()).toBe(first)
    open()
    await bot.idle()
    expect(await bot.begin()).not.toBe(first)
  })

  it('tells others what an ingestion did', async () => {
    const told: unknown[] = []
    const implementation = new BotImplementation(
      new BotDefinition()
        .addIntegration(localFiles, { configuration: { folder: await folderOf({ 'a.txt': 'apples' }) } })
        .addIntegration(scripted)
        .addPlugin(knowledge),
    )
    implementation.on.event('knowledge:ingested', async ({ event }) => void told.push(event.payload))
    await using running = await startBot(implementation, { environment: {}, log: () => {} })
    const { ingestion } = await running.actions.knowledge.ingest({})
    await running.idle()
    expect(told).toMatchObject([{ ingestion, files: 1, ingested: 1, failed: 0 }])
  })

  it('fails as a whole where nothing can be embedded, and where the list fails, and removes nothing then', async () => {
    let fails = false
    const vectors = lettersModel(() => {
      if (fails) throw new PlugboardError({ code: 'vendor_unauthorized', message: 'the key has expired' })
    })
    const shelf = shelfOf({ 'a.txt': 'apples' })
    await using bot = await start({ shelf, vectors })
    await bot.ingest()
    fails = true
    shelf.files.delete('a.txt')
    expect(await bot.ingest()).toMatchObject({
      status: 'failed',
      failureReason: expect.stringContaining('the key has expired') as string,
    })
    fails = false
    expect(await bot.sources('apples')).toEqual(['a.txt'])
  })

  it('reads what the prefix says, and nothing else', async () => {
    await using bot = await start({
      shelf: shelfOf({ 'help/a.txt': 'apples', 'private/b.txt': 'bananas' }),
      configuration: { prefix: 'help/' },
    })
    expect((await bot.ingest()).result).toMatchObject({ files: 1, ingested: 1 })
    expect(await bot.sources('bananas')).toEqual([])
  })
})

describe('an answer', () => {
  const shelf = () => shelfOf({ 'a.txt': 'apples', 'b.txt': 'aaa ppp lll eee sss', 'z.txt': 'zzz' })

  it('cites what it rests on, and nothing that is not there', async () => {
    const model = answering('Apples [1][7] are fruit [2].')
    await using bot = await start({ shelf: shelf(), model })
    await bot.ingest()
    const place = { heading: '', position: 1, score: expect.any(Number) as number }
    expect(await bot.actions.knowledge.answer({ question: 'apples?' })).toEqual({
      answer: 'Apples [1] are fruit [2].',
      known: true,
      sources: [
        { number: 1, source: 'a.txt', title: 'a.txt', ...place, cited: true },
        { number: 2, source: 'b.txt', title: 'b.txt', ...place, cited: true },
      ],
    })
    const [{ input } = { input: undefined }] = model.calls
    expect(input).toMatchObject({
      messages: [
        { role: 'user', content: '[1] a.txt\napples\n\n[2] b.txt\naaa ppp lll eee sss\n\nThe question: apples?' },
      ],
    })
  })

  it('cites several passages at once, however the model writes that', async () => {
    const shelf = shelfOf({ 'a.txt': 'apples', 'b.txt': 'apple' })
    await using bot = await start({ shelf, model: answering('Apples are fruit [1, 2; 9].') })
    await bot.ingest()
    const { answer, sources } = await bot.actions.knowledge.answer({ question: 'apples' })
    expect(answer).toBe('Apples are fruit [1][2].')
    expect(sources.map(({ cited }) => cited)).toEqual([true, true])
  })

  it('says that it does not know where nothing is near enough, without asking a model', async () => {
    const model = answering('Surely [1].')
    await using bot = await start({ shelf: shelf(), model, configuration: { unknown: 'Nobody knows.' } })
    expect(await bot.actions.knowledge.answer({ question: 'www' })).toEqual({
      answer: 'Nobody knows.',
      known: false,
      sources: [],
    })
    await bot.ingest()
    expect(await bot.actions.knowledge.answer({ question: 'www' })).toMatchObject({ known: false, sources: [] })
    expect(model.calls).toEqual([])
  })

  it('is known to be none where the model says that it does not know', async () => {
    await using bot = await start({ shelf: shelf(), model: answering('“I do not know”') })
    await bot.ingest()
    expect(await bot.actions.knowledge.answer({ question: 'apples?' })).toMatchObject({
      known: false,
      sources: [{ cited: false }, { cited: false }],
    })
  })
})
