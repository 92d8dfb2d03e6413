import scripted from '@plugboard/scripted'
import { PlugboardError } from 'plugboard'
import llm from 'plugboard/interfaces/llm'
import { fake } from 'plugboard/testing'
import { describe, expect, it } from 'vitest'
import scenarios from './scenario.fixture.ts'

describe('what must be seen of the personality', () => {
  it.each(scenarios)('with scripted: $title', async ({ run }) => {
    await expect(run({ integration: scripted })).resolves.toBeUndefined()
  })

  it('is not seen of a provider that fails, nor of one that changes nothing', async () => {
    const failing = fake(llm, {
      name: 'failing',
      actions: {
        generateContent: () => Promise.reject(new PlugboardError({ code: 'vendor_unavailable', message: 'away' })),
      },
    })
    const idle = fake(llm, {
      name: 'idle',
      actions: {
        generateContent: ({ messages }) => ({ content: String(messages[0]?.content), stopReason: 'stop' as const }),
      },
    })
    for (const { run } of scenarios) {
      await expect(run({ integration: failing })).rejects.toThrow('what it warns of')
      await expect(run({ integration: idle })).rejects.toThrow("'hello' should be rewritten")
    }
  })
})
