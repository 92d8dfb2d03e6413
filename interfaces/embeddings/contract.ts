import embeddings from 'plugboard/interfaces/embeddings'
import { defineContract, demand, demandEqual, type ScenarioContext } from 'plugboard/testing'
import { PlugboardError } from 'plugboard'

type Context = ScenarioContext<(typeof embeddings)['$types']>
type Answer = Awaited<ReturnType<Context['provider']['embed']>>

const texts = [
  'The cat sleeps on the sofa.',
  'A cat is sleeping on the sofa.',
  'Quarterly tax returns are due in April.',
]
/** More than vendors take at once. */
const many = Array.from({ length: 2100 }, (_, index) => `number ${index}`)

/** What makes vectors of texts promises. */
export default defineContract(embeddings, {
  samples: { embed: { texts }, listEmbeddingModels: {} },
  scenarios: [
    {
      name: 'gives-a-vector-for-each-text',
      title: "there is a vector for each text, all of 'dimensions' finite numbers",
      async run({ provider }) {
        demandWhole(await provider.embed({ texts }), texts.length)
      },
    },
    {
      name: 'keeps-the-order',
      title: 'the vectors come in the order of the texts, and the same text gets the same vector',
      async run({ provider }) {
        const { vectors } = await provider.embed({ texts })
        const { vectors: turned } = await provider.embed({ texts: texts.toReversed() })
        for (const [index, vector] of turned.toReversed().entries())
          demand(likeness(vector, vectors[index]) > 0.999, `text ${index} has another vector in another place`)
      },
    },
    {
      name: 'answers-each-of-equal-texts',
      title: 'a text that is there twice has two vectors, each in its place',
      async run({ provider }) {
        const [cat = '', , other = ''] = texts
        const answer = await provider.embed({ texts: [cat, other, cat] })
        demandWhole(answer, 3)
        const [first, second, third] = answer.vectors
        demand(likeness(first, third) > 0.999, 'one text has two vectors that differ')
        demand(likeness(first, second) < 0.999, 'two texts have one vector')
      },
    },
    {
      name: 'keeps-calls-apart',
      title: 'calls that are made at the same time get the vectors that they would get alone',
      async run({ provider }) {
        const together = await Promise.all(texts.map((text) => provider.embed({ texts: [text] })))
        const { vectors } = await provider.embed({ texts })
        for (const [index, answer] of together.entries())
          demand(likeness(answer.vectors[0], vectors[index]) > 0.999, `text ${index} gets the vector of another call`)
      },
    },
    {
      name: 'knows-what-is-alike',
      title: 'texts that mean alike are nearer one another than texts that do not',
      async run({ provider }) {
        const { vectors } = await provider.embed({ texts })
        const [cat, alike, other] = vectors
        const near = likeness(cat, alike)
        const far = likeness(cat, other)
        demand(near > far, `what is alike has the likeness ${near}, and what is not has ${far}`)
      },
    },
    {
      name: 'takes-many-texts',
      title: 'more texts than the vendor takes at once are all given a vector, in their order',
      async run({ provider }) {
        const answer = await provider.embed({ texts: many })
        demandWhole(answer, many.length)
        const { usage: least } = await provider.embed({ texts: many.slice(0, 2000) })
        const { inputTokens } = answer.usage
        demand(
          inputTokens >= least.inputTokens,
          `${many.length} texts have ${inputTokens} tokens, and ${least.inputTokens} have the first 2000 of them`,
        )
        for (const index of [0, 1000, many.length - 1]) {
          const { vectors } = await provider.embed({ texts: [many[index] as string] })
          demand(likeness(vectors[0], answer.vectors[index]) > 0.999, `text ${index} of many has another vector alone`)
        }
      },
    },
    {
      name: 'answers-by-its-own-model',
      title: 'the model of the answer is the one that was asked, and one of the listed where none was',
      async run({ provider }) {
        const models = (await provider.listEmbeddingModels({})).models.map(({ model }) => model)
        demand(models.length > 0, 'there is no model')
        for (const model of models.slice(0, 2))
          demandEqual((await provider.embed({ texts, model })).model.id, model.id, 'the model of the answer')
        const { model } = await provider.embed({ texts })
        demand(
          models.some(({ id }) => id === model.id),
          `'${model.id}' answers, which is none of its models`,
        )
      },
    },
    {
      name: 'makes-vectors-as-long-as-asked',
      title: "vectors are as long as the caller wants, or the model refuses with the code 'vendor_refused'",
      capabilities: ['dimensions'],
      async run({ provider }) {
        const { models } = await provider.listEmbeddingModels({})
        const made: boolean[] = []
        for (const { model } of models.slice(0, 3)) {
          try {
            const answer = await provider.embed({ texts, model, dimensions: 128 })
            demandWhole(answer, texts.length)
            demandEqual(answer.dimensions, 128, 'the length of the vectors')
            made.push(true)
          } catch (error) {
            if (!PlugboardError.isInstance(error)) throw error
            demandEqual(error.code, 'vendor_refused', 'the code of a length that the model does not make')
          }
        }
        demand(made.length > 0, 'none of its models makes vectors as long as was asked')
      },
    },
  ],
})

function demandWhole({ vectors, dimensions }: Answer, count: number): void {
  demandEqual(vectors.length, count, 'the number of vectors')
  const wrong = vectors.findIndex((vector) => vector.length !== dimensions || !vector.every(Number.isFinite))
  demand(wrong === -1, `vector ${wrong} is not of ${dimensions} finite numbers`)
}

/** The cosine of the angle between two vectors. */
function likeness(one: readonly number[] = [], other: readonly number[] = []): number {
  const product = (a: readonly number[], b: readonly number[]) =>
    a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0)
  return product(one, other) / Math.sqrt(product(one, one) * product(other, other))
}
