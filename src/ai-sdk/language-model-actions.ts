import {
  type LanguageModelRequest,
  type LanguageModelResponse,
  type Part,
  structuredReader,
} from 'plugboard/interfaces/llm'
import { type Answering, completed, type Draft } from './answer.ts'
import { callOptions } from './call-options.ts'
import { connector, failing, type VendorCall, type VendorConfiguration } from './connector.ts'
import type { LanguageModel } from './language-model.ts'
import { listed, type ModelFacts } from './model-facts.ts'
import { type ModelSource, modelsOf } from './model-source.ts'
import { readStream } from './read-stream.ts'
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
  /** Own options of the vendor that a request makes necessary; those that it names itself go before. Default: none. */
  optionsFor?(request: LanguageModelRequest): Record<string, unknown> | undefined
}

/** What the adapter reads of a configuration. */
export interface LanguageModelConfiguration extends VendorConfiguration {
  /** The id of the model that answers where a call names none. */
  readonly defaultModel: string
}

type Call<TConfiguration extends VendorConfiguration> = VendorCall<TConfiguration, LanguageModelRequest>

/**
 * The actions of the interface `llm`, over a provider package of the AI SDK.
 *
 * They throw a PlugboardError with one of the codes `vendor_unauthorized`, `vendor_rate_limited`, `vendor_unavailable`,
 * `vendor_refused`, `context_exceeded`, `vendor_failed`, `stream_broken`, `input_invalid` and `aborted`; it holds neither key nor content.
 * Nothing is repeated here: that is for the policies of the binding.
 */
export function languageModelActions<TConfiguration extends LanguageModelConfiguration>(
  vendor: LanguageModelVendor<TConfiguration>,
) {
  const { name, optionsName = name, models } = vendor
  const connection = connector(name, (configuration: TConfiguration) => vendor.connect(configuration))
  const priced = typeof models === 'function' ? [] : models

  const prepare = async (call: Call<TConfiguration>) => {
    const { input, configuration, signal } = call
    const asked = input.model?.id ?? configuration.defaultModel
    const model = connection.open(call, asked)
    const read = input.responseFormat && structuredReader(input.responseFormat)
    const warn = (warnings: readonly Warning[]): void => connection.warn(call, warnings)
    if (input.reasoningEffort && model.specificationVersion === 'v3')
      warn([{ type: 'unsupported', feature: 'reasoningEffort' }])
    return {
      model,
      options: await callOptions(input, { model, optionsName, options: vendor.optionsFor?.(input), signal }),
      answering: { vendor: name, asked, models: priced, read } satisfies Answering,
      warn,
    }
  }

  return {
    generateContent: async (call: Call<TConfiguration>): Promise<LanguageModelResponse> => {
      try {
        const { model, options, answering, warn } = await prepare(call)
        const { content, finishReason, usage, response, warnings } = await model.doGenerate(options)
        if (call.signal.aborted) throw abortError(name, call.signal)
        warn(warnings)
        const draft: Draft = {
          id: response?.id,
          modelId: response?.modelId,
          content: '',
          calls: [],
          finish: { finishReason, usage },
        }
        for (const part of content) {
          if (part.type === 'text') draft.content += part.text
          else if (part.type === 'tool-call') draft.calls.push(part)
        }
        return completed(draft, answering)
      } catch (error) {
        throw vendorError(error, failing(name, call))
      }
    },

    streamContent: async function* (call: Call<TConfiguration>): AsyncGenerator<Part, LanguageModelResponse, void> {
      const { signal } = call
      try {
        const { model, options, answering, warn } = await prepare(call)
        const { stream } = await model.doStream(options)
        const draft: Draft = { content: '', calls: [] }
        yield* readStream(stream, draft, { signal, warn })
        // Some provider packages end the stream silently when they are aborted, as if all had been said.
        if (signal.aborted) throw abortError(name, signal)
        const response = completed(draft, answering)
        // Given only now, since a stream that breaks can leave behind a call that looks whole.
        for (const toolCall of response.toolCalls) yield { type: 'toolCall', toolCall }
        return response
      } catch (error) {
        throw vendorError(error, failing(name, call))
      }
    },

    listLanguageModels: async (call: VendorCall<TConfiguration>) => ({
      models: (await modelsOf(models, name, call)).map(listed),
    }),
  }
}
