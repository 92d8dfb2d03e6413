/** What a search of the plugin `knowledge` takes, by the number of passages: vectors of 1,536 numbers, in SQLite. */
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BotDefinition } from 'plugboard'
import embeddings from 'plugboard/interfaces/embeddings'
import llm from 'plugboard/interfaces/llm'
import storage from 'plugboard/interfaces/storage'
import knowledge from 'plugboard/plugins/knowledge'
import { sqliteStore, startBot } from 'plugboard/runtime'
import { fake } from 'plugboard/testing'
import { median } from '../measure/rounds.ts'
import { table } from '../measure/table.ts'

const dimensions = 1536
const inFile = 100
const searches = 15
const sizes = process.argv.includes('--quick') ? [1000] : [1000, 10_000]

const rows: string[][] = []
for (const size of sizes) rows.push(await measured(size))
console.log('## Search\n')
console.log(table(['passages', 'a search, ms', 'ingesting, s', 'store, MB'], rows))

async function measured(size: number): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-search-'))
  const file = join(folder, 'store.db')
  try {
    await using store = await sqliteStore(file)
    await using bot = await startBot(botOf(size), { environment: {}, log: () => {}, store })
    const begun = performance.now()
    const { ingestion } = await bot.actions.knowledge.ingest({})
    await bot.idle()
    const ingesting = performance.now() - begun
    const { result } = await bot.actions.knowledge.getIngestion({ ingestion })
    if (result?.passages !== size) throw new Error(`${size} passages should be there, not ${result?.passages}.`)
    const taken: number[] = []
    for (let round = -2; round < searches; round += 1) {
      const begin = performance.now()
      const { passages } = await bot.actions.knowledge.search({ query: `question ${round}` })
      if (passages.length !== 5) throw new Error('Nothing is found.')
      if (round >= 0) taken.push(performance.now() - begin)
    }
    return [
      size.toLocaleString('en'),
      median(taken).toFixed(0),
      (ingesting / 1000).toFixed(0),
      (statSync(file).size / 1e6).toFixed(0),
    ]
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function botOf(size: number) {
  const keys = Array.from({ length: size / inFile }, (_, index) => `${index}.txt`)
  const text = Array.from({ length: inFile }, (_, index) => `${index} `.repeat(320)).map((line) => line.slice(0, 999))
  return new BotDefinition()
    .addIntegration(
      fake(storage, {
        name: 'shelf',
        actions: {
          listFiles: {
            files: keys.map((key) => ({ key, size: 1, updatedAt: '2026-01-01T00:00:00Z' })),
            nextCursor: undefined,
          },
          getFile: async function* () {
            yield { bytes: new TextEncoder().encode(text.join('\n\n')) }
            return {}
          },
        },
      }),
    )
    .addIntegration(
      fake(embeddings, {
        name: 'vectors',
        actions: {
          embed: ({ texts }) => ({ model: { id: 'noise' }, dimensions, vectors: texts.map(noise) }),
        },
      }),
    )
    .addIntegration(fake(llm, { name: 'model' }))
    .addPlugin(knowledge, { configuration: { leastScore: -1, overlap: 0, batchSize: 100 } })
}

/** Numbers from a text, without a pattern that a compiler or processor could use. */
function noise(text: string): number[] {
  let seed = text.length + 1
  for (const letter of text.slice(0, 20)) seed = (seed * 31 + (letter.codePointAt(0) ?? 0)) >>> 0
  return Array.from({ length: dimensions }, () => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
    return seed / 2 ** 31 - 1
  })
}
