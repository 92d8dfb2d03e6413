import type { EmbeddingModelV3, EmbeddingModelV4 } from '@ai-sdk/provider'
import { PlugboardError } from '../index.ts'
import { connector, failing, type VendorCall, type VendorConfiguration } from './connector.ts'
import { inBatches } from './in-batches.ts'
import type { OwnPrices } from './model-facts.ts'
import { type ModelSource, modelsOf } from './model-source.ts'
import { namingModels } from './naming-models.ts'
import { vendorError } from './vendor-error.ts'

/** A model of one of the AI SDK's provider packages, by the current specification (v4) or the one before it (v3). */
export type EmbeddingModel = EmbeddingModelV4 | EmbeddingModelV3

/** What a vendor publishes about one of its embedding models. */
export interface EmbeddingModelFacts {
  readonly id: string
  /** For people. */
  readonly name: string
  readonly description?: string
  /** How long its vectors are, unless told otherwise. */
  readonly dimensions?: number
  /** The longest text, in tokens. */
  readonly contextWindow?: number
  /** The price of a million tokens, in US dollars. */
  readonly price?: { readonly input: number }
}

/** What the adapter needs to know of a vendor. */
export interface EmbeddingVendor<TConfiguration extends EmbeddingConfiguration> {
  /** The name of the integration. */
  readonly name: string
  /** The models that the vendor publishes, or a function that asks a server for those that it has. Others work too. */
  readonly models: readonly EmbeddingModelFacts[] | ModelSource<TConfiguration, EmbeddingModelFacts>
  /** The most bytes of text that the vendor takes at once. Default: any. */
  readonly mostBytes?: number
  /** Sets up the provider package. Called once for each configuration, by its first call; the result gives a model by its id. */
  connect(configuration: TConfiguration): (modelId: string) => EmbeddingModel
}

/** What the adapter reads of a configuration. */
export interface EmbeddingConfiguration extends VendorConfiguration {
  /** The id of the model for calls that name none. */
  readonly defaultEmbeddingModel: string
  /** The prices of models, instead of those that the package knows. */
  readonly prices?: OwnPrices | undefined
}

/** What the action `embed` takes, as the adapter reads it. */
export interface EmbedRequest {
  readonly model?: { readonly id: string } | undefined
  readonly texts: readonly string[]
  readonly dimensions?: number | undefined
}

/**
 * The actions of the interface `embeddings`, over a provider package of the AI SDK. They fail as those of
 * `languageModelActions` do, and send more texts than the vendor takes at once in several requests.
 */
export function embeddingActions<TConfiguration extends EmbeddingConfiguration>(
  vendor: EmbeddingVendor<TConfiguration>,
) {
  const { name, models, mostBytes } = vendor
  const connection = connector(name, (configuration: TConfiguration) => vendor.connect(configuration))
  const published = typeof models === 'function' ? [] : models
  const priceOf = (id: string, own: OwnPrices = {}): number | undefined =>
    Object.hasOwn(own, id) ? own[id]?.input : published.find((model) => model.id === id)?.price?.input

  return {
    embed: async (call: VendorCall<TConfiguration, EmbedRequest>) => {
      const { input, configuration, signal } = call
      const id = input.model?.id ?? configuration.defaultEmbeddingModel
      try {
        const model = connection.open(call, id)
        const most = (await model.maxEmbeddingsPerCall) ?? input.texts.length
        const isParallel = await model.supportsParallelCalls
        const batching = { most, mostBytes, size: (text: string) => Buffer.byteLength(text), isParallel, signal }
        const results = await inBatches(input.texts, batching, async (texts, abortSignal) => {
          const result = await embedBatch(model, { values: [...texts], abortSignal }, input.dimensions)
          demandWhole(result.embeddings, texts.length, name)
          connection.warn(call, result.warnings)
          return result
        })
        const vectors = results.flatMap(({ embeddings }) => embeddings)
        const dimensions = vectors[0]?.length ?? 0
        demandAlike(vectors, input.dimensions ?? dimensions, { name, id, isAsked: input.dimensions !== undefined })
        const counts = results.map(({ usage }) => usage?.tokens)
        const inputTokens = counts.reduce<number>((sum, count = 0) => sum + count, 0)
        const price = counts.includes(undefined) ? undefined : priceOf(id, configuration.prices)
        return {
          model: { id },
          vectors,
          dimensions,
          usage: { inputTokens },
          cost: price === undefined ? undefined : (inputTokens * price) / 1_000_000,
        }
      } catch (error) {
        throw await namingModels(vendorError(error, failing(name, call)), () => modelsOf(models, name, call))
      }
    },

    listEmbeddingModels: async (call: VendorCall<TConfiguration>) => ({
      models: (await modelsOf(models, name, call)).map(({ id, price, ...facts }) => {
        const input = priceOf(id, call.configuration.prices) ?? price?.input
        return { model: { id }, ...facts, ...(input !== undefined && { price: { input } }) }
      }),
    }),
  }
}

/** The specification before has no lengths of vectors, and a package of it would not look for one. */
function embedBatch(
  model: EmbeddingModel,
  options: { values: string[]; abortSignal: AbortSignal },
  dimensions: number | undefined,
) {
  if (model.specificationVersion === 'v4') return model.doEmbed({ ...options, ...(dimensions && { dimensions }) })
  if (dimensions === undefined) return model.doEmbed(options)
  throw refusedLength(model.modelId, dimensions)
}

function demandWhole(embeddings: readonly unknown[], count: number, vendor: string): void {
  if (embeddings.length === count) return
  const message = `${vendor} gave ${embeddings.length} vectors for ${count} texts`
  throw new PlugboardError({ code: 'vendor_failed', message })
}

function demandAlike(
  vectors: readonly (readonly number[])[],
  dimensions: number,
  { name, id, isAsked }: { name: string; id: string; isAsked: boolean },
): void {
  const odd = vectors.find((vector) => vector.length !== dimensions || !vector.every(Number.isFinite))
  if (!odd && dimensions > 0) return
  // Servers leave out a length that they do not know of.
  if (isAsked && odd && odd.length !== dimensions) throw refusedLength(id, dimensions)
  const message = `model '${id}' of ${name} gave vectors that cannot be compared`
  throw new PlugboardError({ code: 'vendor_failed', message })
}

function refusedLength(id: string, dimensions: number): PlugboardError {
  const message = `model '${id}' makes no vectors of ${dimensions} dimensions`
  return new PlugboardError({ code: 'vendor_refused', message, where: { path: 'dimensions' } })
}
