import { describe, expect, it } from 'vitest'
import { VirtualClock } from '../../container/policies/virtual-clock.fixture.ts'
import type { Store } from './store.ts'

/** What every store promises of the bindings that are set while a bot runs. */
export function testBindings(name: string, make: (clock: VirtualClock) => Promise<Store>): void {
  describe(`the ${name} store`, () => {
    it('keeps the last binding of each need, and counts the changes, also of those who change it at once', async () => {
      await using store = await make(new VirtualClock())
      const timeout = { policy: 'timeout', milliseconds: 5 } as const
      const binding = { to: ['one', { integrationAlias: 'two', integrationInterfaceAlias: 'b' }], policies: [timeout] }
      expect(await store.listBindings()).toEqual([])
      expect(await store.setBinding('bot', 'llm', { to: ['one'], policies: [] })).toBe(1)
      const generations = await Promise.all([1, 2, 3].map(() => store.setBinding('bot', 'llm', binding)))
      expect(new Set(generations)).toEqual(new Set([2, 3, 4]))
      expect(await store.setBinding('assistant', 'llm', binding)).toBe(1)
      expect(await store.setBinding('assistant', 'llm', undefined)).toBe(2)
      expect(await store.listBindings()).toEqual([
        { consumer: 'assistant', need: 'llm', binding: undefined, generation: 2 },
        { consumer: 'bot', need: 'llm', binding, generation: 4 },
      ])
    })
  })
}
