import memory from '@plugboard/memory'
import listable from 'plugboard/interfaces/listable'
import { fake } from 'plugboard/testing'
import { describe, expect, it } from 'vitest'
import scenarios from './scenario.fixture.ts'

const seed = ['One', 'Two', 'Three'].map((title) => ({ title }))

describe('what must be seen of the synchronizer', () => {
  it.each(scenarios)('with memory: $title', async ({ run }) => {
    await expect(run({ integration: memory, configuration: { seed } })).resolves.toBeUndefined()
  })

  it('is not seen of an integration that lists something else each time', async () => {
    let id = 0
    const listItems = () => ({ items: [{ id: String((id += 1)) }], nextCursor: undefined })
    for (const { run } of scenarios)
      await expect(run({ integration: fake(listable, { name: 'fickle', actions: { listItems } }) })).rejects.toThrow(
        'the mirror',
      )
  })
})
