import scripted from '@plugboard/scripted'
import llm from 'plugboard/interfaces/llm'
import { fake } from 'plugboard/testing'
import { describe, expect, it } from 'vitest'
import scenarios from './scenario.fixture.ts'

describe('what must be seen of the summarizer', () => {
  it.each(scenarios)('with scripted: $title', async ({ run }) => {
    await expect(run({ integration: scripted })).resolves.toBeUndefined()
  })

  it('is not seen of a model that says nothing', async () => {
    const silent = fake(llm, { name: 'silent', actions: { generateContent: { content: '' } } })
    for (const { run } of scenarios) await expect(run({ integration: silent })).rejects.toThrow('an empty summary')
  })
})
