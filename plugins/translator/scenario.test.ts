import scripted from '@plugboard/scripted'
import llm from 'plugboard/interfaces/llm'
import { fake } from 'plugboard/testing'
import { describe, expect, it } from 'vitest'
import scenarios from './scenario.fixture.ts'

describe('what must be seen of the translator', () => {
  it.each(scenarios)('with scripted: $title', async ({ run }) => {
    await expect(run({ integration: scripted })).resolves.toBeUndefined()
  })

  it.each([
    ['says nothing', () => ({ content: '' })],
    ['translates nothing', ({ messages }: { messages: readonly { content: string }[] }) => messages[0]!],
  ])('is not seen of a model that %s', async (_, generateContent) => {
    for (const { run } of scenarios)
      await expect(run({ integration: fake(llm, { name: 'idle', actions: { generateContent } }) })).rejects.toThrow(
        'should be',
      )
  })
})
