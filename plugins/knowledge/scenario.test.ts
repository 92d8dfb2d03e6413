import localFiles from '@plugboard/local-files'
import scripted from '@plugboard/scripted'
import embeddings from 'plugboard/interfaces/embeddings'
import llm from 'plugboard/interfaces/llm'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fake, type InstalledProvider } from 'plugboard/testing'
import { describe, expect, it, onTestFinished } from 'vitest'
import scenarios from './scenario.fixture.ts'

async function folder(): Promise<InstalledProvider> {
  const path = await mkdtemp(join(tmpdir(), 'knowledge-'))
  onTestFinished(() => rm(path, { recursive: true }))
  await writeFile(join(path, 'one.txt'), 'One.')
  return { integration: localFiles, configuration: { folder: path } }
}
const right = async (need: string): Promise<InstalledProvider> =>
  need === 'files' || need === 'storage' ? folder() : { integration: scripted }

describe('what must be seen of the knowledge', () => {
  it.each(scenarios)('with local files or scripted: $title', async ({ run, need }) => {
    await expect(run(await right(need))).resolves.toBeUndefined()
  })

  it('is not seen of vectors that say nothing, nor of a model that says nothing', async () => {
    let count = 0
    const fickle = fake(embeddings, {
      name: 'fickle',
      actions: {
        embed: ({ texts }) => ({
          vectors: texts.map(() => [1, (count += 1), 0]),
          dimensions: 3,
          model: { id: 'fickle' },
        }),
      },
    })
    const silent = fake(llm, { name: 'silent', actions: { generateContent: { content: '' } } })
    const [near, answered] = ['embeddings', 'llm'].map((need) => scenarios.find((one) => one.need === need))
    await expect(near?.run({ integration: fickle })).rejects.toThrow('the nearest passage')
    await expect(answered?.run({ integration: silent })).rejects.toThrow('gave no answer')
  })
})
