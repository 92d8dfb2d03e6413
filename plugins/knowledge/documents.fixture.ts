/** Files and models that tests of the knowledge share. */
import { BotDefinition } from 'plugboard'
import embeddings from 'plugboard/interfaces/embeddings'
import llm from 'plugboard/interfaces/llm'
import storage from 'plugboard/interfaces/storage'
import knowledge from 'plugboard/plugins/knowledge'
import { startBot, type StartOptions } from 'plugboard/runtime'
import { fake } from 'plugboard/testing'

/** What a shelf has, by key: a text, bytes, or a failure of reading it. */
export type Shelf = Map<string, string | Uint8Array | (() => never)>

/** A storage of texts that a test may change. A file that is set anew is of another time. */
export function shelfOf(texts: Readonly<Record<string, string | Uint8Array>>) {
  const files: Shelf = new Map(Object.entries(texts))
  const times = new Map<string, number>()
  const set = (key: string, text: string | Uint8Array | (() => never)): void => {
    files.set(key, text)
    times.set(key, (times.get(key) ?? 0) + 1)
  }
  const double = fake(storage, {
    name: 'shelf',
    actions: {
      listFiles: ({ prefix = '', cursor }) => {
        const keys = [...files.keys()].filter((key) => key.startsWith(prefix))
        const from = Number(cursor ?? 0)
        const page = keys.slice(from, from + 2)
        return {
          files: page.map((key) => ({
            key,
            size: bytesOf(files.get(key)).length,
            updatedAt: `2026-01-01T00:00:${String(times.get(key) ?? 0).padStart(2, '0')}Z`,
          })),
          nextCursor: from + 2 < keys.length ? String(from + 2) : undefined,
        }
      },
      getFile: async function* ({ key }: { key: string }) {
        const text = files.get(key)
        if (typeof text === 'function') text()
        yield { bytes: bytesOf(text) }
        return {}
      },
    },
  })
  const reads = () =>
    double.calls.flatMap(({ action, input }) => (action === 'getFile' ? [(input as { key: string }).key] : []))
  return { double, files, set, reads }
}

const bytesOf = (text: unknown): Uint8Array =>
  text instanceof Uint8Array ? text : new TextEncoder().encode(typeof text === 'string' ? text : '')

/** How often each letter is in a text, which says little, but enough to tell texts apart. */
export const letters = (text: string): number[] =>
  Array.from({ length: 26 }, (_, index) => text.toLowerCase().split(String.fromCodePoint(97 + index)).length - 1)

/** Embeds by letters. */
export const lettersModel = (before: (texts: string[]) => unknown = () => {}) => modelOf('vectors', before)

function modelOf<const TName extends string>(name: TName, before: (texts: string[]) => unknown = () => {}) {
  const double = fake(embeddings, {
    name,
    actions: {
      embed: async ({ texts }) => {
        await before(texts)
        return { model: { id: name }, dimensions: 26, vectors: texts.map(letters) }
      },
    },
  })
  /** The texts that were embedded, without the question that each ingestion begins with. */
  const embedded = () =>
    double.calls
      .flatMap(({ action, input }) => (action === 'embed' ? (input as { texts: string[] }).texts : []))
      .filter((text) => text !== 'Which model is it?')
  return { double, embedded }
}

/** Answers as it is told to. */
export const answering = (content: string) => fake(llm, { name: 'model', actions: { generateContent: { content } } })

/** A bot that knows what is on a shelf. */
export async function start({
  shelf = shelfOf({}),
  vectors = lettersModel(),
  model = answering('It is so [1].'),
  configuration = {},
  options = {},
}: {
  shelf?: { double: ReturnType<typeof shelfOf>['double'] }
  vectors?: { double: ReturnType<typeof lettersModel>['double'] }
  model?: ReturnType<typeof answering>
  configuration?: object
  options?: StartOptions
}) {
  const lines: { level: string; message: string }[] = []
  const bot = new BotDefinition()
    .addIntegration(shelf.double)
    .addIntegration(vectors.double)
    .addIntegration(modelOf('others').double)
    .addIntegration(model)
    .addPlugin(knowledge, {
      dependencies: { embeddings: 'vectors', llm: 'model' },
      configuration: { leastScore: 0.5, ...configuration },
    })
  const running = await startBot(bot, { environment: {}, log: (line) => void lines.push(line), ...options })
  const begin = async () => (await running.actions.knowledge.ingest({})).ingestion
  const get = (ingestion: string) => running.actions.knowledge.getIngestion({ ingestion })
  const ingest = async () => {
    const id = await begin()
    await running.idle()
    return get(id)
  }
  const found = async (query: string) => (await running.actions.knowledge.search({ query })).passages
  const sources = async (query: string) => (await found(query)).map(({ source }) => source)
  return Object.assign(running, { begin, get, ingest, found, sources, lines })
}
