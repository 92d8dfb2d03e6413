import scripted from '@plugboard/scripted'
import { PlugboardError } from 'plugboard'
import embeddings from 'plugboard/interfaces/embeddings/contract'
import { describe, expect, it } from 'vitest'
import { failing, failuresOf, giving, type Plant, type Props } from './planted.fixture.ts'

interface Answer {
  vectors: number[][]
  dimensions: number
  usage: { inputTokens: number }
  model: { id: string }
}
const textsOf = ({ texts }: Props['input']): string[] => texts as string[]
const embedding = (change: (answer: Answer, input: Props['input']) => unknown) => ({ embed: giving(change) })

const plants: Plant[] = [
  {
    wrong: 'gives one vector for equal texts',
    caughtBy: 'embeddings/answers-each-of-equal-texts',
    change: embedding((answer, input) => {
      const texts = textsOf(input)
      return { ...answer, vectors: answer.vectors.filter((_, index) => texts.indexOf(texts[index] ?? '') === index) }
    }),
  },
  {
    wrong: 'gives no vector for what it was asked before',
    caughtBy: 'embeddings/answers-each-of-equal-texts',
    change: embedding((answer, input) => {
      const texts = textsOf(input)
      return {
        ...answer,
        vectors: answer.vectors.map((vector, index) =>
          texts.indexOf(texts[index] ?? '') === index ? vector : vector.map(() => 0),
        ),
      }
    }),
  },
  {
    wrong: 'sorts the texts',
    caughtBy: 'embeddings/keeps-the-order',
    change: {
      embed: (run) => (props) => run({ ...props, input: { ...props.input, texts: textsOf(props.input).toSorted() } }),
    },
  },
  {
    wrong: 'gives one vector for every text',
    caughtBy: 'embeddings/knows-what-is-alike',
    change: embedding((answer) => ({ ...answer, vectors: answer.vectors.map(() => answer.vectors[0]) })),
  },
  {
    wrong: 'gives the vectors of the call that came last',
    caughtBy: 'embeddings/keeps-calls-apart',
    change: {
      embed: (run) => {
        let last: Props['input'] = {}
        return async (props) => {
          last = props.input
          await new Promise((resolve) => {
            setImmediate(resolve)
          })
          return run({ ...props, input: last })
        }
      },
    },
  },
  {
    wrong: 'loses what is more than a vendor takes at once',
    caughtBy: 'embeddings/takes-many-texts',
    change: {
      embed: (run) => (props) =>
        run({ ...props, input: { ...props.input, texts: textsOf(props.input).slice(0, 2048) } }),
    },
  },
  {
    wrong: 'counts the tokens of the last request alone',
    caughtBy: 'embeddings/takes-many-texts',
    change: embedding((answer, input) => {
      const { length } = textsOf(input)
      return length <= 2048 ? answer : { ...answer, usage: { inputTokens: length - 2048 } }
    }),
  },
  {
    wrong: 'says another length than its vectors have',
    caughtBy: 'embeddings/gives-a-vector-for-each-text',
    change: embedding((answer) => ({ ...answer, dimensions: answer.dimensions + 1 })),
  },
  {
    wrong: 'gives what is no number',
    caughtBy: 'embed/output',
    change: embedding((answer) => ({ ...answer, vectors: answer.vectors.map((vector) => vector.fill(Number.NaN)) })),
  },
  {
    wrong: 'cuts vectors of another length than asked',
    caughtBy: 'embeddings/makes-vectors-as-long-as-asked',
    change: {
      embed: (run) => (props) => {
        const { dimensions: _, ...input } = props.input
        return run({ ...props, input })
      },
    },
  },
  {
    wrong: 'answers by a model that it does not list',
    caughtBy: 'embeddings/answers-by-its-own-model',
    change: { listEmbeddingModels: () => async () => ({ models: [] }) },
  },
  {
    wrong: 'takes a length that it does not make for a bad moment',
    caughtBy: 'embeddings/makes-vectors-as-long-as-asked',
    change: {
      embed: failing(({ dimensions }) =>
        dimensions === undefined
          ? undefined
          : new PlugboardError({ code: 'vendor_unavailable', message: 'no', retryable: true }),
      ),
    },
  },
]

describe('embeddings', () => {
  it.each(plants)('that $wrong are caught by $caughtBy', async (plant) => {
    expect(await failuresOf(embeddings, scripted, plant)).toContain(plant.caughtBy)
  })
})
