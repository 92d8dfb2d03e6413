import { PlugboardError } from 'plugboard'
import textToImage from 'plugboard/interfaces/text-to-image'
import { defineContract, demand, demandEqual } from 'plugboard/testing'

const prompt = 'a red circle on white'

/** What draws pictures promises. */
export default defineContract(textToImage, {
  samples: { generateImage: { prompt }, listImageModels: {} },
  scenarios: [
    {
      name: 'draws-as-many-as-asked',
      title: 'there are as many pictures as were asked for, one where nothing is said of it',
      async run({ provider }) {
        for (const count of [undefined, 1, 3]) {
          const { images } = await provider.generateImage({ prompt, count })
          demandEqual(images.length, count ?? 1, 'the number of pictures')
        }
      },
    },
    {
      name: 'gives-pictures',
      title: 'what is given are pictures, and of the type that it says',
      async run({ provider }) {
        const { images } = await provider.generateImage({ prompt })
        for (const { bytes, contentType } of images) {
          demand(bytes.length > 0, 'a picture is empty')
          demand(contentType.startsWith('image/'), `a picture is of the type '${contentType}'`)
        }
      },
    },
    {
      name: 'answers-by-its-own-model',
      title: 'the model of the answer is the one that was asked, and one of the listed where none was',
      async run({ provider }) {
        const models = (await provider.listImageModels({})).models.map(({ model }) => model)
        demand(models.length > 0, 'there is no model')
        for (const model of models.slice(0, 2))
          demandEqual((await provider.generateImage({ prompt, model })).model.id, model.id, 'the model')
        const { model } = await provider.generateImage({ prompt })
        const own = models.some(({ id }) => id === model.id)
        demand(own, `'${model.id}' answers, which is none of its models`)
      },
    },
    {
      name: 'draws-by-size',
      title: "a size is made, or refused with the code 'vendor_refused'",
      capabilities: ['size'],
      async run({ provider }) {
        await demandDrawnOrRefused(provider.generateImage({ prompt, size: { width: 1024, height: 1024 } }))
      },
    },
    {
      name: 'refuses-odd-aspect-ratios',
      title: "an aspect ratio is made, or refused with the code 'vendor_refused'",
      capabilities: ['aspectRatio'],
      async run({ provider }) {
        for (const aspectRatio of ['16:9', '101:7'])
          await demandDrawnOrRefused(provider.generateImage({ prompt, aspectRatio }))
      },
    },
  ],
})

async function demandDrawnOrRefused(call: Promise<{ images: readonly unknown[] }>): Promise<void> {
  try {
    demandEqual((await call).images.length, 1, 'the number of pictures')
  } catch (error) {
    if (!PlugboardError.isInstance(error)) throw error
    demandEqual(error.code, 'vendor_refused', 'the code of what the model does not make')
  }
}
