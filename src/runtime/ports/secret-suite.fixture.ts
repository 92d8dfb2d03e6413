import { describe, expect, it } from 'vitest'
import { VirtualClock } from '../../container/policies/virtual-clock.fixture.ts'
import type { Store } from './store.ts'

/** What every store promises of the secrets that it keeps. `make` gives an empty one that goes by the clock. */
export function testSecrets(name: string, make: (clock: VirtualClock) => Promise<Store>): void {
  const start = async () => {
    const clock = new VirtualClock()
    const store = await make(clock)
    await store.addSecretKey({ id: 'k1', wrapped: 'w1' })
    return store
  }
  const updatedAt = '2023-11-14T22:13:20.000Z'

  describe(`the secrets in the ${name} store`, () => {
    it('are kept by owner and name, each in the place of the one before', async () => {
      await using store = await start()
      expect(await store.putSecret({ owner: 'b', name: 'X', sealed: '1' }, 'k1')).toBe(true)
      expect(await store.putSecret({ owner: 'a', name: 'Y', sealed: '2' }, 'k1')).toBe(true)
      expect(await store.putSecret({ owner: 'a', name: 'X', sealed: '3' }, 'k1')).toBe(true)
      expect(await store.putSecret({ owner: 'b', name: 'X', sealed: '4' }, 'k1')).toBe(true)
      expect(await store.getSealed()).toEqual({
        keys: [{ id: 'k1', wrapped: 'w1' }],
        secrets: [
          { owner: 'a', name: 'X', sealed: '3', updatedAt },
          { owner: 'a', name: 'Y', sealed: '2', updatedAt },
          { owner: 'b', name: 'X', sealed: '4', updatedAt },
        ],
      })
      expect(await store.deleteSecret('a', 'X')).toBe(true)
      expect(await store.deleteSecret('a', 'X')).toBe(false)
      expect((await store.getSealed()).secrets).toHaveLength(2)
    })

    it('are not kept by a key that is not there', async () => {
      await using store = await start()
      expect(await store.putSecret({ owner: 'a', name: 'X', sealed: '1' }, 'k2')).toBe(false)
      expect((await store.getSealed()).secrets).toEqual([])
    })

    it('are kept by whoever holds a claim alone, where there is one', async () => {
      await using store = await start()
      await store.beat('me', 10_000)
      const claim = (await store.claim('oauth a', 'me'))!
      const secret = { owner: 'a', name: 'oauth', sealed: '1' }
      expect(await store.putSecret(secret, 'k1', claim)).toBe(true)
      const lost = { ...claim, token: 'none' }
      await expect(store.putSecret({ ...secret, sealed: '2' }, 'k1', lost)).rejects.toMatchObject({
        code: 'lease_lost',
      })
      expect((await store.getSealed()).secrets).toMatchObject([{ sealed: '1' }])
    })

    it('are replaced all at once, unless something has changed', async () => {
      await using store = await start()
      await store.putSecret({ owner: 'a', name: 'X', sealed: '1' }, 'k1')
      const before = await store.getSealed()
      const after = { keys: [{ id: 'k2', wrapped: 'w2' }], secrets: [{ ...before.secrets[0]!, sealed: '2' }] }
      await store.putSecret({ owner: 'a', name: 'X', sealed: '3' }, 'k1')
      expect(await store.replaceSealed(before, after)).toBe(false)
      const now = await store.getSealed()
      expect(now.secrets).toMatchObject([{ sealed: '3' }])
      expect(await store.replaceSealed(now, after)).toBe(true)
      expect(await store.getSealed()).toEqual(after)
      expect(await store.replaceSealed(now, after)).toBe(false)
    })
  })
}
