import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { testStore } from '../ports/store-suite.fixture.ts'
import { sqliteStore } from './sqlite-store.ts'

const folder = mkdtempSync(join(tmpdir(), 'plugboard-'))
let stores = 0
const newPath = (): string => join(folder, 'deeper', `${(stores += 1)}.sqlite`)
afterAll(() => rmSync(folder, { recursive: true }))

testStore('SQLite', async (clock) => sqliteStore(newPath(), clock))

describe('a SQLite file', () => {
  it('keeps what was stored when it is closed and opened again', async () => {
    const path = newPath()
    const request = { owner: 'desk', identity: { id: '1' }, tags: { id: '1' } }
    const store = await sqliteStore(path)
    const user = await store.getOrCreateUser(request)
    await store[Symbol.asyncDispose]()
    await using again = await sqliteStore(path)
    expect(await again.getOrCreateUser(request)).toEqual(user)
  })

  it('has everything in it once it is closed, so that a copy of it is a backup', async () => {
    const [path, copy] = [newPath(), newPath()]
    const request = { owner: 'desk', identity: { id: '1' }, tags: { id: '1' } }
    const store = await sqliteStore(path)
    const user = await store.getOrCreateUser(request)
    expect(await store.getUser(user.id)).toEqual(user)
    await store[Symbol.asyncDispose]()
    expect([`${path}-wal`, `${path}-shm`].filter((file) => existsSync(file))).toEqual([])
    copyFileSync(path, copy)
    await using copied = await sqliteStore(copy)
    expect(await copied.findUser(request)).toEqual(user)
  })

  it('is refused by its name where it is no database, and left as it is', async () => {
    const path = join(folder, 'notes.txt')
    writeFileSync(path, 'no database, but the notes of somebody\n'.repeat(100))
    await expect(sqliteStore(path)).rejects.toMatchObject({
      code: 'store_failed',
      message: expect.stringContaining('notes.txt is no database'),
    })
    expect(readFileSync(path, 'utf8')).toMatch(/^no database/)
    expect(existsSync(`${path}.lock`)).toBe(false)
  })

  it('is for one process at a time', async () => {
    const path = newPath()
    await using _ = await sqliteStore(path)
    await expect(sqliteStore(path)).rejects.toMatchObject({ code: 'store_in_use' })
  })

  it('commits what is asked at once together, and what fails in it alone does not take the others with it', async () => {
    await using store = await sqliteStore(newPath())
    const lost = { lane: 'in x', token: 'none', claims: 1 }
    const item = { id: 'x', lane: 'in x' } as never
    const results = await Promise.allSettled([
      store.beat('a', 1000),
      store.finishInbox(lost, item),
      store.getOrCreateUser({ owner: 'desk', identity: {}, tags: {} }),
    ])
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(results[1]).toMatchObject({ reason: { code: 'lease_lost', retryable: true } })
  })

  it('does what is asked beside something that cannot be handed to its thread', async () => {
    await using store = await sqliteStore(newPath())
    const user = (name: unknown) =>
      store.getOrCreateUser({ owner: 'desk', identity: { id: String(name) }, tags: {}, name: name as string })
    const results = await Promise.allSettled([user('Ada'), user(() => {}), user('Bob')])
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(results[1]).toMatchObject({ reason: { code: 'store_failed' } })
  })
})
