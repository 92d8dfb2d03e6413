import { describe, expect, it } from 'vitest'
import { VirtualClock } from '../../container/policies/virtual-clock.fixture.ts'
import type { StoredFile } from '../../implementation/file-client.ts'
import type { FileWrite } from './file-store.ts'
import type { Effects } from './lane-store.ts'
import type { Store } from './store.ts'

const nothing: Effects = { messages: [], events: [], states: [], tags: [] }
const day = 86_400_000

/** What every store promises of files. `make` gives an empty one that goes by the clock. */
export function testFiles(name: string, make: (clock: VirtualClock) => Promise<Store>): void {
  const start = async () => {
    const clock = new VirtualClock()
    const store = await make(clock)
    const time = new Date(clock.now()).toISOString()
    const fileOf = (key: string, given: Partial<StoredFile> = {}): StoredFile => ({
      id: `id of ${key}`,
      key,
      contentType: 'text/plain',
      size: 3,
      tags: {},
      createdAt: time,
      updatedAt: time,
      ...given,
    })
    const write = async (...files: FileWrite[]) => void (await store.apply('bot', { ...nothing, files }))
    const put = async (
      key: string,
      bytes: number[][],
      given: Partial<StoredFile> = {},
      content = `bytes of ${key}`,
    ) => {
      for (const [place, chunk] of bytes.entries()) await store.writeChunk(content, place, Uint8Array.from(chunk))
      await write({ kind: 'put', file: fileOf(key, given), content })
    }
    const bytesOf = (chunks: readonly Uint8Array[] | undefined) => chunks && Array.from(Buffer.concat(chunks))
    const read = async (key: string) => bytesOf((await store.readFile(key))?.chunks)
    const keys = async (filter: Partial<Parameters<Store['listFiles']>[0]> = {}) =>
      (await store.listFiles({ limit: 100, ...filter })).items.map(({ key }) => key)
    return Object.assign(store, { clock, fileOf, write, put, read, bytesOf, keys })
  }

  describe(`the files of the ${name} store`, () => {
    it('have the bytes that were written before, in their order', async () => {
      await using store = await start()
      await store.writeChunk('c', 1, Uint8Array.of(0, 255))
      await store.writeChunk('c', 0, Uint8Array.of(1, 2, 3))
      expect(await store.readFile('a')).toBeUndefined()
      expect(store.bytesOf(await store.readContent('c'))).toEqual([1, 2, 3, 0, 255])
      const file = store.fileOf('a', { tags: { of: 'x' } })
      await store.write({ kind: 'put', file, content: 'c' })
      expect(await store.getFile('a')).toEqual(file)
      expect((await store.readFile('a'))?.file).toEqual(file)
      expect(await store.read('a')).toEqual([1, 2, 3, 0, 255])
      await store.put('empty', [])
      expect(await store.read('empty')).toEqual([])
    })

    it('are replaced by one of the same key, and gone when they are deleted, with their bytes and tags', async () => {
      await using store = await start()
      await store.put('a', [[1]], { tags: { kind: 'old' } }, 'first')
      await store.put(
        'a',
        [[2]],
        { id: 'other', tags: { kind: 'new' }, createdAt: new Date(0).toISOString() },
        'second',
      )
      expect(await store.read('a')).toEqual([2])
      const { createdAt, id } = store.fileOf('a')
      expect(await store.getFile('a')).toMatchObject({ id, createdAt, tags: { kind: 'new' } })
      expect(await store.readContent('first')).toEqual([])
      expect(await store.keys({ tags: { kind: 'old' } })).toEqual([])
      await store.write({ kind: 'delete', key: 'a' }, { kind: 'delete', key: 'never' })
      expect(await store.getFile('a')).toBeUndefined()
      expect(await store.keys({ tags: { kind: 'new' } })).toEqual([])
      expect(await store.readContent('second')).toEqual([])
    })

    it('are listed by their keys, by what those begin with and by their tags, page by page', async () => {
      await using store = await start()
      const all = ['B', 'a', 'a/%', 'a/1', 'a/2', 'ab', 'é/1', '😀/1']
      for (const key of all.toReversed()) await store.put(key, [], { tags: key.startsWith('a/') ? { in: 'a' } : {} })
      expect(await store.keys()).toEqual(all)
      expect(await store.keys({ prefix: 'a/' })).toEqual(['a/%', 'a/1', 'a/2'])
      expect(await store.keys({ prefix: 'a/%' })).toEqual(['a/%'])
      expect(await store.keys({ prefix: '😀' })).toEqual(['😀/1'])
      expect(await store.keys({ tags: { in: 'a' }, prefix: 'a/1' })).toEqual(['a/1'])
      const first = await store.listFiles({ prefix: 'a', limit: 2 })
      expect(first.items.map(({ key }) => key)).toEqual(['a', 'a/%'])
      expect(await store.keys({ prefix: 'a', cursor: first.nextCursor })).toEqual(['a/1', 'a/2', 'ab'])
    })

    it('leave no bytes of uploads behind that came to nothing, and lose none that are used', async () => {
      await using store = await start()
      await store.put('kept', [[1]])
      for (const content of ['x', 'y', 'z']) await store.writeChunk(content, 0, Uint8Array.of(9))
      await store.clock.advance(day / 2)
      await store.writeChunk('young', 0, Uint8Array.of(9))
      expect(await store.prune({ retention: day, limit: 2 })).toBe(false)
      await store.clock.advance(day / 2 + 1)
      expect(await store.prune({ retention: day, limit: 2 })).toBe(true)
      expect(await store.prune({ retention: day, limit: 2 })).toBe(false)
      for (const content of ['x', 'y', 'z']) expect(await store.readContent(content)).toEqual([])
      expect(await store.readContent('young')).toHaveLength(1)
      expect(await store.read('kept')).toEqual([1])
    })
  })
}
