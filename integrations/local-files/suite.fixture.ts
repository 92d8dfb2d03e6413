import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import localFiles from '@plugboard/local-files'
import deletable from 'plugboard/interfaces/deletable/contract'
import filesReadonly from 'plugboard/interfaces/files-readonly/contract'
import listable from 'plugboard/interfaces/listable/contract'
import readable from 'plugboard/interfaces/readable/contract'
import storage from 'plugboard/interfaces/storage/contract'
import { type Act, type ActContext, type SetUp, suiteSetUp } from 'plugboard/testing'

/** A folder of its own for each suite, with files and a folder in it. */
async function optionsFor(base: string, name: string) {
  const folder = join(base, name)
  await mkdir(join(folder, 'deep', 'deeper'), { recursive: true })
  for (const key of ['one.txt', 'two.txt', 'deep/three.txt', 'deep/deeper/four.txt'])
    await writeFile(join(folder, key), key.repeat(300_000))
  const file = {
    id: 'one.txt',
    key: 'one.txt',
    name: 'one.txt',
    size: 2_100_000,
    updatedAt: '2026-11-29T00:00:00.000Z',
  }
  return {
    folder,
    file,
    options: {
      integration: localFiles,
      configuration: { folder },
      date: '2026-11-29',
      report: new URL(`conformance/${name}.json`, import.meta.url),
    },
  }
}

/** Milliseconds after which nobody looks any more. */
const longestLook = 30_000

/** How another program writes into the folder and deletes from it. It is told once the integration has seen it. */
function peopleOf(folder: string): Readonly<Record<string, Act>> {
  let count = 0
  const keyOf = (entity: unknown) => (entity as { key: string }).key
  const write = async (key: string, { text, client }: ActContext) => {
    await writeFile(join(folder, key), text)
    await seen(client, key, true)
  }
  return {
    createFile: (context) => write(`by-somebody-${(count += 1)}.txt`, context),
    changeFile: (context) => write(keyOf(context.entity), context),
    deleteFile: async ({ entity, client }) => {
      await rm(join(folder, keyOf(entity)))
      await seen(client, keyOf(entity), false)
    },
  }

  async function seen(client: ActContext['client'], key: string, isThere: boolean): Promise<void> {
    const expected = isThere ? (await stat(join(folder, key))).mtime.toISOString() : undefined
    for (const until = Date.now() + longestLook; Date.now() < until;) {
      const { state } = await client.getState({ name: 'seen' })
      const payload = state?.payload as { files: readonly [string, string][] } | undefined
      const version = payload?.files.find(([name]) => name === key)?.[1]
      if (version?.split(' ')[1] === expected) return
      await sleep(50)
    }
    throw new Error(`'${key}' is not seen as it is`)
  }
}

export default async function setUp(): Promise<SetUp> {
  const base = await mkdtemp(join(tmpdir(), 'plugboard-local-files-'))
  const stored = await optionsFor(base, 'storage')
  const read = await optionsFor(base, 'files-readonly')
  const listed = await optionsFor(base, 'listable')
  const looked = await optionsFor(base, 'readable')
  const deleted = await optionsFor(base, 'deletable')
  const used = await optionsFor(base, 'used')
  const again = async () => {
    await writeFile(join(deleted.folder, 'one.txt'), 'again')
    return { item: deleted.file }
  }
  return {
    provider: { integration: localFiles, configuration: used.options.configuration },
    suites: [
      suiteSetUp('storage', storage, {
        ...stored.options,
        situations: { refused: { action: 'getFile', input: { key: 'nothing-here' } } },
      }),
      suiteSetUp('files-readonly', filesReadonly, {
        ...read.options,
        people: peopleOf(read.folder),
        entities: { file: [read.file], folder: [{ id: 'deep', name: 'deep' }] },
      }),
      suiteSetUp('listable', listable, listed.options),
      suiteSetUp('readable', readable, { ...looked.options, samples: { readItem: { id: 'deep/three.txt' } } }),
      suiteSetUp('deletable', deletable, {
        ...deleted.options,
        entities: { item: [deleted.file] },
        samples: { deleteItem: again },
      }),
    ],
    stop: () => rm(base, { recursive: true }),
  }
}
