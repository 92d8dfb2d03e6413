import {
  type LanguageModelRequest,
  type LanguageModelResponse,
  type Part,
  structuredReader,
} from 'plugboard/interfaces/llm'
import type { PlugboardError } from '../index.ts'
import { type Answering, completed, draftOf } from './answer.ts'
import { callOptions } from './call-options.ts'
import { connector, failing, type VendorCall, type VendorConfiguration } from './connector.ts'
import type { LanguageModel } from './language-model.ts'
import { listed, type ModelFacts, type OwnPrices, pricesOf } from './model-facts.ts'
import { type ModelSource, modelsOf } from './model-source.ts'
import { namingModels } from './naming-models.ts'
import { readStream } from './read-stream.ts'
import { isStrict } from './strict-schema.ts'
import { abortError, vendorError } from './vendor-error.ts'
import type { Warning } from './warning.ts'

/** What the adapter needs to know of a vendor. */
export interface LanguageModelVendor<TConfiguration extends LanguageModelConfiguration> {
  /** The name of the integration: what answers give as their `provider`. */
  readonly name: string
  /** The name under which the provider package looks for its own options. Default: `name`. */
  readonly optionsName?: string
  /**
   * The models that the vendor publishes, or a function that asks a server for those that it has. A model that is not among
   * them works too; only its price is not known.
   */
  readonly models: readonly ModelFacts[] | ModelSource<TConfiguration, ModelFacts>
  /** Sets up the provider package. Called once for each configuration, by its first call; the result gives a model by its id. */
  connect(configuration: TConfiguration): (modelId: string) => LanguageModel
  /** Whether the provider package can be told by `strictJsonSchema` to hold the model to a schema. Default: false. */
  readonly hasStrictMode?: boolean
  /** What the ids of calls are to look like. Default: letters, digits, `_` and `-`, 40 at most. */
  readonly toolCallId?: RegExp
  /** Whether a model can be told where to stop. Whatever it says, the answer ends there. Default: each can. */
  takesStop?(modelId: string): boolean
  /** What the provider package warns of without need. Default: nothing. */
  readonly needless?: RegExp
}

/** What the adapter reads of a configuration. */
export interface LanguageModelConfiguration extends VendorConfiguration {
  /** The id of the model that answers where a call names none. */
  readonly defaultModel: string
  /** The prices of models, instead of those that the package knows. */
  readonly prices?: OwnPrices | undefined
}

type Call<TConfiguration extends VendorConfiguration> = VendorCall<TConfiguration, LanguageModelRequest>

/**
 * The actions of the interface `llm`, over a provider package of the AI SDK.
 *
 * They throw a PlugboardError with one of the codes `vendor_unauthorized`, `vendor_rate_limited`, `vendor_unavailable`,
 * `vendor_refused`, `context_exceeded`, `vendor_failed`, `stream_broken`, `input_invalid` and `aborted`; it holds neither key nor content.
 * A model that the vendor does not have is `vendor_refused`, by a message that names those there are.
 * Nothing is repeated here: that is for the policies of the binding.
 */
export function languageModelActions<TConfiguration extends LanguageModelConfiguration>(
  vendor: LanguageModelVendor<TConfiguration>,
) {
  const { name, optionsName = name, models, toolCallId } = vendor
  const connection = connector(name, (configuration: TConfiguration) => vendor.connect(configuration), vendor.needless)
  const priced = typeof models === 'function' ? [] : models

  const prepare = async (call: Call<TConfiguration>) => {
    const { input, configuration, signal } = call
    const { schema } = input.responseFormat ?? {}
    const asked = input.model?.id ?? configuration.defaultModel
    const model = connection.open(call, asked)
    const read = input.responseFormat && structuredReader(input.responseFormat)
    const warn = (warnings: readonly Warning[]): void => connection.warn(call, warnings)
    if (input.reasoningEffort && model.specificationVersion === 'v3')
      warn([{ type: 'unsupported', feature: 'reasoningEffort' }])
    const answering: Answering = {
      vendor: name,
      asked,
      mayCall: input.toolChoice !== 'none' && input.tools !== undefined && input.tools.length > 0,
      pricesOf: (...ids) => pricesOf(priced, configuration.prices, ids),
      read,
    }
    const options = await callOptions(input, {
      model,
      optionsName,
      ...(vendor.hasStrictMode && schema && { options: { strictJsonSchema: isStrict(schema) } }),
      toolCallId,
      takesStop: vendor.takesStop?.(asked),
      signal,
    })
    return { model, options, answering, warn }
  }

  const failed = (error: unknown, call: Call<TConfiguration>): Promise<PlugboardError> =>
    namingModels(vendorError(error, failing(name, call)), () => modelsOf(models, name, call))

  return {
    generateContent: async (call: Call<TConfiguration>): Promise<LanguageModelResponse> => {
      try {
        const { model, options, answering, warn } = await prepare(call)
        const { content, finishReason, usage, response, warnings } = await model.doGenerate(options)
        if (call.signal.aborted) throw abortError(name, call.signal)
        warn(warnings)
        const draft = draftOf(call.input.stop)
        for (const part of content) {
          if (part.type === 'text') draft.content += draft.cut.next(part.text)
          else if (part.type === 'tool-call') draft.calls.push(part)
        }
        draft.content += draft.cut.rest()
        const { id, modelId } = response ?? {}
        return completed({ ...draft, id, modelId, finish: { finishReason, usage } }, answering)
      } catch (error) {
        throw await failed(error, call)
      }
    },

    streamContent: async function* (call: Call<TConfiguration>): AsyncGenerator<Part, LanguageModelResponse, void> {
      const { signal } = call
      try {
        const { model, options, answering, warn } = await prepare(call)
        const { stream } = await model.doStream(options)
        const draft = draftOf(call.input.stop)
        yield* readStream(stream, draft, { signal, warn })
        // Some provider packages end the stream silently when they are aborted, as if all had been said.
        if (signal.aborted) throw abortError(name, signal)
        const response = completed(draft, answering)
        // Given only now, since a stream that breaks can leave behind a call that looks whole.
        for (const toolCall of response.toolCalls) yield { type: 'toolCall', toolCall }
        return response
      } catch (error) {
        throw await failed(error, call)
      }
    },

    listLanguageModels: async (call: VendorCall<TConfiguration>) => ({
      models: (await modelsOf(models, name, call)).map((facts) => listed(facts, call.configuration.prices)),
    }),
  }
}
