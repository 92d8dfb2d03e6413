import { BotDefinition } from 'plugboard'
import embeddings from 'plugboard/interfaces/embeddings'
import { startBot } from 'plugboard/runtime'
import { describe, expect, test } from 'vitest'
import scripted from './index.ts'

describe('vectors', () => {
  const embed = async (texts: string[], dimensions?: number) => {
    const running = await startBot(new BotDefinition({ interfaces: { embeddings } }).addIntegration(scripted))
    const { vectors } = await running.interfaces.embeddings.embed({ texts, dimensions })
    await running.stop()
    return vectors
  }
  const likeness = (one: readonly number[] = [], other: readonly number[] = []) =>
    one.reduce((sum, value, index) => sum + value * (other[index] ?? 0), 0)

  test('are of length one, also where a text has no words', async () => {
    for (const vector of await embed(['a b c', '🙂', ' ', 'the'])) expect(likeness(vector, vector)).toBeCloseTo(1, 9)
  })

  test('find the passage that answers a question', async () => {
    const passages = [
      'Parcels are delivered within three working days.',
      'You can return a purchase within thirty days and get your money back.',
      'Our office is closed on public holidays.',
    ]
    const [question, ...vectors] = await embed(['How do I return what I purchased?', ...passages])
    const best = vectors.map((vector) => likeness(question, vector))
    expect(best.indexOf(Math.max(...best))).toBe(1)
  })

  test('are near for forms of one word', async () => {
    const [one, form, other] = await embed(['delivery', 'deliveries', 'invoice'])
    expect(likeness(one, form)).toBeGreaterThan(likeness(one, other) + 0.2)
  })

  test('that are too long to be of use are refused', async () => {
    await expect(embed(['hello'], 5000)).rejects.toMatchObject({ code: 'vendor_refused' })
  })
})
