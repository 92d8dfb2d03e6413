import scripted from '@plugboard/scripted'
import { describe, expect, it } from 'vitest'
import { model } from './model.fixture.ts'
import scenarios from './scenario.fixture.ts'

describe('what must be seen of the assistant', () => {
  it.each(scenarios)('with scripted: $title', async ({ run }) => {
    await expect(run({ integration: scripted })).resolves.toBeUndefined()
  })

  it('is not seen of a provider that says nothing', async () => {
    const provider = { integration: model(() => ({ content: ' ' })) }
    for (const { run } of scenarios) await expect(run(provider)).rejects.toThrow('the number of answers')
  })

  it('is not seen of a provider that forgets', async () => {
    const provider = { integration: model(() => ({ content: 'Who are you?' })) }
    await expect(scenarios.at(-1)?.run(provider)).rejects.toThrow('should name Ada')
  })
})
