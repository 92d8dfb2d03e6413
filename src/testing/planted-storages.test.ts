import localFiles from '@plugboard/local-files'
import { PlugboardError } from 'plugboard'
import filesReadonly from 'plugboard/interfaces/files-readonly/contract'
import storage from 'plugboard/interfaces/storage/contract'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type { ActContext } from './people.ts'
import { failing, failuresOf, given, giving, type Plant, type Props } from './planted.fixture.ts'

interface File {
  key: string
  size: number
  updatedAt?: string
}
interface Page {
  files: File[]
  nextCursor?: string
}
type Pieces = AsyncGenerator<{ bytes: Uint8Array }, { file: File }, void>

const keyOf = ({ key }: Props['input']): string => String(key)
const every = ['putFile', 'getFile', 'deleteFile'] as const
/** Another key for whatever takes one. */
const calling = (change: (key: string) => string) =>
  Object.fromEntries(every.map((name) => [name, given((input) => ({ ...input, key: change(keyOf(input)) }))]))
const reading = (change: (pieces: Pieces, props: Props) => AsyncGenerator) => ({
  getFile: (run: (props: Props) => unknown) => (props: Props) => change(run(props) as Pieces, props),
})

const plants: Plant[] = [
  {
    wrong: 'reads the start of a long file alone',
    caughtBy: 'storage/gives-what-was-put',
    change: reading(async function* (pieces) {
      const first = await pieces.next()
      if (first.done) return first.value
      yield first.value
      for (;;) {
        const step = await pieces.next()
        if (step.done) return step.value
      }
    }),
  },
  {
    wrong: 'spells keys as it likes',
    caughtBy: 'storage/takes-every-key',
    change: calling((key) => key.normalize('NFD')),
  },
  { wrong: 'trims keys', caughtBy: 'storage/takes-every-key', change: calling((key) => key.trim()) },
  {
    wrong: 'writes keys with signs of URLs as the URL has them',
    caughtBy: 'storage/takes-every-key',
    change: calling((key) => decodeURIComponent(key.replace(/%(?![\dA-F]{2})/g, '%25'))),
  },
  {
    wrong: 'knows no case',
    caughtBy: 'storage/tells-case-apart',
    change: calling((key) => key.replace('case/Name', 'case/name')),
  },
  {
    wrong: 'deletes whatever begins with the key',
    caughtBy: 'storage/deletes-one-alone',
    change: {
      deleteFile: (run) => async (props) => {
        for (const more of ['', '-more', '.txt'])
          await run({ ...props, input: { ...props.input, key: keyOf(props.input) + more } })
        return {}
      },
    },
  },
  {
    wrong: 'refuses to delete what is not there',
    caughtBy: 'storage/deletes-again',
    change: {
      deleteFile: (run) => {
        const gone = new Set<string>()
        return (props) => {
          if (gone.has(keyOf(props.input))) throw new PlugboardError({ code: 'vendor_refused', message: 'it is gone' })
          gone.add(keyOf(props.input))
          return run(props)
        }
      },
    },
  },
  {
    wrong: 'mixes up what is put at the same time',
    caughtBy: 'storage/takes-several-at-once',
    change: {
      putFile: (run) => {
        let last: unknown
        return async (props) => {
          last = props.input['content']
          await Promise.resolve()
          return run({ ...props, input: { ...props.input, content: last } })
        }
      },
    },
  },
  {
    wrong: 'stores the half of what broke off',
    caughtBy: 'storage/failed-put-changes-nothing',
    change: {
      putFile: given((input) => {
        const { content } = input
        if (typeof content !== 'function') return input
        const open = content as () => AsyncIterable<Uint8Array>
        return {
          ...input,
          content: async function* () {
            try {
              yield* open()
            } catch {
              // That is what is wrong: it ends as if it were all.
            }
          },
        }
      }),
    },
  },
  {
    wrong: 'dates files by the clock on the wall',
    caughtBy: 'storage/tells-when-it-was-stored',
    change: reading(async function* (pieces) {
      const { file } = yield* pieces
      return { file: { ...file, updatedAt: '29.11.2026 12:00' } }
    }),
  },
  {
    wrong: 'dates what is put again before what was there',
    caughtBy: 'storage/tells-when-it-was-stored',
    change: {
      getFile: (run) => {
        let count = 0
        return async function* (props) {
          const { file } = yield* run(props) as Pieces
          count += 1
          return { file: { ...file, updatedAt: new Date(Date.UTC(2026, 1, 28) - count * 1000).toISOString() } }
        }
      },
    },
  },
  {
    wrong: 'takes a prefix for a folder',
    caughtBy: 'storage/lists-by-prefix',
    change: {
      listFiles: given((input) => ({
        ...input,
        prefix: (input['prefix'] as string | undefined)?.replace(/[^/]+$/, ''),
      })),
    },
  },
  {
    wrong: 'loses what a page begins with',
    caughtBy: 'storage/meets-every-file-once',
    change: {
      listFiles: giving((page: Page, { cursor }) =>
        cursor === undefined ? page : { ...page, files: page.files.slice(1) },
      ),
    },
  },
  {
    wrong: 'lists files without their sizes',
    caughtBy: 'listFiles/output',
    change: { listFiles: giving((page: Page) => ({ ...page, files: page.files.map(({ key }) => ({ key })) })) },
  },
  {
    wrong: 'makes up what is not there',
    caughtBy: 'storage/refuses-what-is-not-there',
    change: reading(async function* (pieces, { input }) {
      try {
        return yield* pieces
      } catch {
        return { file: { key: keyOf(input), size: 0 } }
      }
    }),
  },
  {
    wrong: 'ends a read that is aborted as if it were all',
    caughtBy: 'getFile/abort-stream',
    change: {
      getFile: (run) =>
        async function* (props) {
          const pieces = run({ ...props, signal: new AbortController().signal }) as Pieces
          for (;;) {
            const step = await pieces.next()
            if (step.done || props.signal.aborted) return step.done ? step.value : { file: { key: 'none', size: 0 } }
            yield step.value
          }
        },
    },
  },
  {
    wrong: 'refuses what another has put meanwhile',
    caughtBy: 'errors/retryable',
    change: {
      deleteFile: failing(({ key }) =>
        String(key).endsWith('twice')
          ? new PlugboardError({ code: 'vendor_refused', message: 'it is locked', retryable: true })
          : undefined,
      ),
    },
  },
]

describe('a storage', () => {
  let base = ''
  beforeAll(async () => {
    base = await mkdtemp(join(tmpdir(), 'plugboard-planted-'))
  })
  afterAll(() => rm(base, { recursive: true }))

  it.each([{ wrong: 'nothing', caughtBy: 'nothing' } satisfies Plant, ...plants])(
    'that $wrong is caught by $caughtBy',
    async (plant) => {
      const folder = await mkdtemp(join(base, 'files-'))
      const options = { configuration: { folder }, patience: 500, ...plant.options }
      const failures = await failuresOf(storage, localFiles, { ...plant, options })
      if (plant.wrong === 'nothing') expect(failures).toEqual([])
      else expect(failures).toContain(plant.caughtBy)
    },
  )
})

describe('files that are told of', () => {
  const file = { id: 'one', key: 'one', name: 'one', size: 9, updatedAt: '2026-11-29T00:00:00.000Z' }
  it.each([
    ['by nothing', 0, true],
    ['twice', 2, true],
    ['without being there', 1, false],
  ])('%s are caught by files-readonly/tells-of-changes', async (_, times, isThere) => {
    const folder = await mkdtemp(join(tmpdir(), 'plugboard-planted-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    for (const name of ['two', 'three', ...(isThere ? ['one'] : [])]) await writeFile(join(folder, name), 'as it was')
    const createFile = async ({ client }: ActContext) => {
      for (let time = 0; time < times; time += 1) await client.createEvent({ type: 'fileCreated', payload: { file } })
    }
    const options = { configuration: { folder }, people: { createFile } }
    const failures = await failuresOf(filesReadonly, localFiles, { wrong: '', caughtBy: '', options })
    expect(failures).toEqual(['files-readonly/tells-of-changes'])
  })
})
