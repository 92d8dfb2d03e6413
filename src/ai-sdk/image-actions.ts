import type { ImageModelV3, ImageModelV4 } from '@ai-sdk/provider'
import { PlugboardError } from '../index.ts'
import { connector, failing, type VendorCall, type VendorConfiguration } from './connector.ts'
import { imageType } from './image-type.ts'
import { inBatches } from './in-batches.ts'
import { vendorError } from './vendor-error.ts'

/** A model of one of the AI SDK's provider packages, by the current specification (v4) or the one before it (v3). */
export type ImageModel = ImageModelV4 | ImageModelV3

/** What a vendor publishes about one of its image models. */
export interface ImageModelFacts {
  readonly id: string
  /** For people. */
  readonly name: string
  readonly description?: string
  /** The price of a picture, in US dollars, where it is the same for all. */
  readonly price?: { readonly image: number }
  /** The aspect ratios that it makes. Default: what the vendor takes. */
  readonly aspectRatios?: readonly string[]
}

/** What the action `generateImage` takes, as the adapter reads it. */
export interface ImageRequest {
  readonly model?: { readonly id: string } | undefined
  readonly prompt: string
  readonly count?: number | undefined
  readonly size?: { readonly width: number; readonly height: number } | undefined
  readonly aspectRatio?: string | undefined
}

/** What the adapter needs to know of a vendor. */
export interface ImageVendor<TConfiguration extends ImageConfiguration> {
  /** The name of the integration. */
  readonly name: string
  /** The models that the vendor publishes. Others work too; only their price is not known. */
  readonly models: readonly ImageModelFacts[]
  /** Sets up the provider package. Called once for each configuration, by its first call; the result gives a model by its id. */
  connect(configuration: TConfiguration): (modelId: string) => ImageModel
}

/** What the adapter reads of a configuration. */
export interface ImageConfiguration extends VendorConfiguration {
  /** The id of the model for calls that name none. */
  readonly defaultImageModel: string
}

/** The actions of the interface `text-to-image`, over a provider package of the AI SDK. They fail as those of `languageModelActions` do. */
export function imageActions<TConfiguration extends ImageConfiguration>(vendor: ImageVendor<TConfiguration>) {
  const { name, models } = vendor
  const connection = connector(name, (configuration: TConfiguration) => vendor.connect(configuration))

  return {
    generateImage: async (call: VendorCall<TConfiguration, ImageRequest>) => {
      const { input, configuration, signal } = call
      const id = input.model?.id ?? configuration.defaultImageModel
      const facts = models.find((one) => one.id === id)
      try {
        demandRatio(input.aspectRatio, facts)
        const model = connection.open(call, id)
        const batching = { most: await mostOf(model), isParallel: true, signal }
        const asked = Array.from({ length: input.count ?? 1 })
        const results = await inBatches(asked, batching, async (batch, abortSignal) => {
          const result = await model.doGenerate(optionsFor(input, batch.length, abortSignal))
          connection.warn(call, result.warnings)
          if (result.images.length < batch.length) throw missing(result, { name, id, count: batch.length })
          return result.images.slice(0, batch.length).map(pictureOf)
        })
        const images = results.flat()
        return { model: { id }, images, cost: facts?.price && facts.price.image * images.length }
      } catch (error) {
        throw vendorError(error, failing(name, call))
      }
    },

    listImageModels: async () => ({
      models: models.map(({ id, name: title, description, price }) => ({
        model: { id },
        name: title,
        description,
        price,
      })),
    }),
  }
}

async function mostOf({ maxImagesPerCall, modelId }: ImageModel): Promise<number> {
  const most = typeof maxImagesPerCall === 'function' ? await maxImagesPerCall({ modelId }) : maxImagesPerCall
  return most ?? 1
}

function optionsFor({ prompt, size, aspectRatio }: ImageRequest, n: number, abortSignal: AbortSignal) {
  return {
    prompt,
    n,
    size: size && (`${size.width}x${size.height}` as const),
    aspectRatio: aspectRatio as `${number}:${number}` | undefined,
    seed: undefined,
    files: undefined,
    mask: undefined,
    providerOptions: {},
    abortSignal,
  }
}

function pictureOf(image: string | Uint8Array) {
  const bytes = new Uint8Array(typeof image === 'string' ? Buffer.from(image, 'base64') : image)
  return { bytes, contentType: imageType(bytes) }
}

function demandRatio(ratio: string | undefined, facts: ImageModelFacts | undefined): void {
  const { aspectRatios, id } = facts ?? {}
  if (ratio === undefined || !aspectRatios || aspectRatios.includes(ratio)) return
  const message = `model '${id}' makes no pictures of ${ratio}. It makes ${aspectRatios.join(', ')}.`
  throw new PlugboardError({ code: 'vendor_refused', message, where: { path: 'aspectRatio' } })
}

/** A vendor that will not draw something may say so by drawing nothing. */
function missing(
  { images, isRetryable }: { images: readonly unknown[]; isRetryable?: boolean },
  { name, id, count }: { name: string; id: string; count: number },
): PlugboardError {
  if (isRetryable === false)
    return new PlugboardError({ code: 'vendor_refused', message: `${name} will not have that drawn by '${id}'` })
  const message = `model '${id}' of ${name} drew ${images.length} pictures instead of ${count}`
  return new PlugboardError({ code: 'vendor_failed', message })
}
