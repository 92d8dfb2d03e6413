import { expect, test, vi } from 'vitest'
import { find } from './found.ts'

const where = { integration: 'desk' }

test.each(['user', 'conversation', 'message'] as const)('a %s is found by its id', async (kind) => {
  const get = vi.fn(async (id: string) => (id === '1' ? { id } : undefined))
  expect(await find(get, kind, '1', where)).toEqual({ id: '1' })
  await expect(find(get, kind, '2', where)).rejects.toMatchObject({
    code: `${kind}_unknown`,
    message: `there is no ${kind} '2'`,
    where,
  })
})

test.each([undefined, null, 1, {}])('%j is the id of nobody, and no store is asked', async (id) => {
  const get = vi.fn(async () => ({}))
  await expect(find(get, 'user', id, where)).rejects.toMatchObject({ code: 'user_unknown' })
  expect(get).not.toHaveBeenCalled()
})
