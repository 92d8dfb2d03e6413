import { z } from 'plugboard'
import { type EmbeddingModelFacts, type ModelFacts, readJson } from 'plugboard/ai-sdk'

const list = z.object({
  models: z.array(
    z.object({
      model: z.string(),
      details: z.object({ family: z.string().optional(), parameter_size: z.string().optional() }).optional(),
      capabilities: z.array(z.string()).optional(),
    }),
  ),
})
type Model = z.output<typeof list>['models'][number]

/** The models that Ollama has and that write. */
export const models = async (configuration: Server, signal: AbortSignal): Promise<ModelFacts[]> =>
  (await listOf(configuration, signal)).filter((model) => !makesVectors(model)).map(factsOf)

/** The models that Ollama has and that make vectors. */
export const embeddingModels = async (configuration: Server, signal: AbortSignal): Promise<EmbeddingModelFacts[]> =>
  (await listOf(configuration, signal)).filter(makesVectors).map(factsOf)

interface Server {
  readonly baseUrl: string
  readonly apiKey?: string | undefined
}

async function listOf({ baseUrl, apiKey }: Server, signal: AbortSignal): Promise<Model[]> {
  const headers: Record<string, string> = apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }
  return z.parse(list, await readJson(`${serverOf(baseUrl)}/api/tags`, { headers, signal })).models
}

/** Where Ollama listens, also where somebody wrote the path of the API that speaks as OpenAI's does. */
export const serverOf = (baseUrl: string): string => baseUrl.replace(/(\/v1)?\/*$/, '')

/** Older versions of Ollama do not say what a model is able to do, but the families of those that make vectors are few. */
function makesVectors({ model, details, capabilities }: Model): boolean {
  return capabilities?.includes('embedding') ?? /bert|embed/i.test(`${details?.family ?? ''} ${model}`)
}

function factsOf({ model, details }: Model) {
  const size = details?.parameter_size
  return { id: model, name: model, ...(size && { description: `${size} parameters.` }) }
}
