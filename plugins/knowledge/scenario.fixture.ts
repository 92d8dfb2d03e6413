/** What must be seen of the knowledge, whatever the integrations that it works with. */
import { setTimeout as sleep } from 'node:timers/promises'
import { BotDefinition } from 'plugboard'
import embeddings from 'plugboard/interfaces/embeddings'
import llm from 'plugboard/interfaces/llm'
import storage from 'plugboard/interfaces/storage'
import knowledge from 'plugboard/plugins/knowledge'
import { startBot } from 'plugboard/runtime'
import { asProvider, demand, demandEqual, fake, type InstalledProvider, type PluginScenario } from 'plugboard/testing'

/** A minute. */
const mostRounds = 600

const sentence = 'Parcels are delivered within three working days.'
const texts: Readonly<Record<string, string>> = {
  'delivery.txt': sentence,
  'returns.md': '# Returns\n\nA purchase can be returned within thirty days.',
}

/** Doubles of what the other needs are bound to. */
const doubles = () => ({
  storage: fake(storage, {
    name: 'shelf',
    actions: {
      listFiles: {
        files: Object.entries(texts).map(([key, text]) => ({
          key,
          size: text.length,
          updatedAt: '2026-01-01T00:00:00Z',
        })),
        nextCursor: undefined,
      },
      getFile: async function* ({ key }: { key: string }) {
        yield { bytes: new TextEncoder().encode(texts[key]) }
        return {}
      },
    },
  }),
  embeddings: fake(embeddings, {
    name: 'vectors',
    actions: {
      embed: ({ texts: given }) => ({ vectors: given.map(letters), dimensions: 26, model: { id: 'letters' } }),
    },
  }),
  llm: fake(llm, { name: 'model', actions: { generateContent: { content: 'Within three days [1].' } } }),
})

/** How often each letter is in a text. */
const letters = (text: string): number[] =>
  Array.from({ length: 26 }, (_, index) => text.toLowerCase().split(String.fromCodePoint(97 + index)).length - 1)

async function start(need: 'embeddings' | 'llm' | 'files' | 'storage', provider: InstalledProvider) {
  const { storage: shelf, embeddings: vectors, llm: model } = doubles()
  const dependencies = { embeddings: 'vectors', llm: 'model', ...(need !== 'files' && { storage: 'shelf' }) }
  const bot = new BotDefinition()
    .addIntegration(shelf)
    .addIntegration(vectors)
    .addIntegration(model)
    .addIntegration(...asProvider(storage, provider))
    .addPlugin(knowledge, {
      dependencies: { ...dependencies, [need]: 'provider' },
      configuration: { leastScore: -1, mostBytes: 10_000_000, passageLength: 8000 },
    } as never)
  const running = await startBot(bot, { environment: {}, log: () => {} })
  const ingest = async () => {
    const { ingestion } = await running.actions.knowledge.ingest({})
    const ended = async () => {
      await running.idle()
      return running.actions.knowledge.getIngestion({ ingestion })
    }
    let end = await ended()
    // A long one waits in between, for what is in its way.
    for (let round = 0; end.status === 'in_progress' && round < mostRounds; round += 1) {
      await sleep(100)
      end = await ended()
    }
    const { status, result, failureReason } = end
    demandEqual({ status, failureReason }, { status: 'completed', failureReason: undefined }, 'how the ingestion ended')
    return result as NonNullable<typeof result>
  }
  return Object.assign(running, { ingest })
}

const readsAll: PluginScenario['run'] = async (provider) => {
  await using bot = await start('files', provider)
  const { files, failed, ingested } = await bot.ingest()
  demandEqual({ failed, ingested }, { failed: 0, ingested: files }, 'what became of the files')
  demand(files > 0, 'there is no file of a format that is read')
  const again = await bot.ingest()
  demandEqual([again.unchanged, again.ingested], [files, 0], 'what is unchanged and ingested the second time')
}

export default [
  {
    title: 'each file that can be read is taken in once, and not again while it is unchanged',
    need: 'files',
    run: readsAll,
  },
  {
    title: 'what is stored is found, and is found no more when it is deleted',
    need: 'storage',
    async run(provider) {
      await using bot = await start('storage', provider)
      const { provider: shelf } = bot.actions
      const key = `knowledge-${Date.now()}.txt`
      await shelf.putFile({ key, content: new TextEncoder().encode(sentence) })
      await bot.ingest()
      const sources = async () =>
        (await bot.actions.knowledge.search({ query: sentence, limit: 50 })).passages.map(({ source }) => source)
      demand((await sources()).includes(key), `'${key}' should be found`)
      await shelf.deleteFile({ key })
      const { removed } = await bot.ingest()
      demandEqual(removed, 1, 'the number of files that are removed')
      demand(!(await sources()).includes(key), `'${key}' should not be found any more`)
    },
  },
  {
    title: 'a passage is the nearest to its own words',
    need: 'embeddings',
    async run(provider) {
      await using bot = await start('embeddings', provider)
      const { ingested } = await bot.ingest()
      demandEqual(ingested, 2, 'the number of files that are taken in')
      const { passages } = await bot.actions.knowledge.search({ query: sentence })
      demandEqual(passages[0]?.text, sentence, 'the nearest passage')
      demand((passages[0]?.score ?? 0) > 0.99, `${passages[0]?.score} should be about 1`)
    },
  },
  {
    title: 'a question is answered, with the passages that the answer was made from',
    need: 'llm',
    async run(provider) {
      await using bot = await start('llm', provider)
      await bot.ingest()
      const { answer, sources } = await bot.actions.knowledge.answer({ question: sentence })
      demand(answer.trim() !== '', 'there is no answer')
      demandEqual(
        sources.map(({ number, source }) => [number, source]),
        [
          [1, 'delivery.txt'],
          [2, 'returns.md'],
        ],
        'the sources of the answer',
      )
    },
  },
] satisfies readonly PluginScenario[]
