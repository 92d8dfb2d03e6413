import type { ImageModelV4 } from '@ai-sdk/provider'
import { expect, test } from 'vitest'
import { imageActions, type ImageRequest } from './image-actions.ts'

const configuration = { apiKey: 'the-key', defaultImageModel: 'small' }
const models = [{ id: 'small', name: 'Small', price: { image: 0.04 }, aspectRatios: ['1:1', '16:9'] }]
const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47])
type Asked = Parameters<ImageModelV4['doGenerate']>[0]
type Result = Partial<Awaited<ReturnType<ImageModelV4['doGenerate']>>>

function vendor(most: ImageModelV4['maxImagesPerCall'], given: Result = {}, version = 'v4') {
  const asked: Asked[] = []
  const doGenerate = async (options: Asked) => {
    asked.push(options)
    return { images: Array.from({ length: options.n }, () => png), warnings: [], ...given }
  }
  const model = { specificationVersion: version, modelId: 'small', maxImagesPerCall: most, doGenerate }
  const actions = imageActions({ name: 'acme', models, connect: () => () => model as unknown as ImageModelV4 })
  const draw = (input: Omit<ImageRequest, 'prompt'>) =>
    actions.generateImage({
      input: { prompt: 'a cat', ...input },
      configuration,
      signal: new AbortController().signal,
      logger: { warn: () => {} },
    })
  return { asked, draw }
}

test.each([
  ['v4', 2, [2, 2, 1]],
  ['v3', undefined, [1, 1, 1, 1, 1]],
  ['v4', () => 10, [5]],
] as const)('a model of %s draws %s pictures at once', async (version, most, counts) => {
  const { asked, draw } = vendor(most, {}, version)
  const { images, cost } = await draw({ count: 5 })
  expect(images).toEqual(Array.from({ length: 5 }, () => ({ bytes: png, contentType: 'image/png' })))
  expect(asked.map(({ n }) => n)).toEqual(counts)
  expect(cost).toBeCloseTo(0.2, 12)
})

test('size and aspect ratio are asked for', async () => {
  const { asked, draw } = vendor(1)
  await draw({ size: { width: 64, height: 32 } })
  await draw({ aspectRatio: '16:9' })
  expect(asked).toMatchObject([{ size: '64x32' }, { aspectRatio: '16:9' }])
})

test('an aspect ratio that the model does not make is refused before it is asked', async () => {
  const { asked, draw } = vendor(1)
  await expect(draw({ aspectRatio: '7:5' })).rejects.toMatchObject({ code: 'vendor_refused' })
  expect(asked).toEqual([])
})

test('what is not drawn is refused where the vendor will not, and else has failed', async () => {
  await expect(vendor(1, { images: [], isRetryable: false }).draw({})).rejects.toMatchObject({ code: 'vendor_refused' })
  await expect(vendor(2, { images: [png] }).draw({ count: 2 })).rejects.toMatchObject({ code: 'vendor_failed' })
})

test.each([
  ['image/jpeg', '/9j/4AAQ'],
  ['image/gif', 'R0lGODlh'],
  ['image/webp', 'UklGRgAAAABXRUJQ'],
])('a picture is known as %s by how it begins', async (contentType, base64) => {
  const { images } = await vendor(1, { images: [base64] }).draw({})
  expect(images).toEqual([{ bytes: new Uint8Array(Buffer.from(base64, 'base64')), contentType }])
})
