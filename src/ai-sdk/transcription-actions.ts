import type { TranscriptionModelV3, TranscriptionModelV4 } from '@ai-sdk/provider'
import { PlugboardError } from '../index.ts'
import { safeFetch } from '../security/index.ts'
import { connector, failing, type VendorCall, type VendorConfiguration } from './connector.ts'
import { languageCode } from './language-code.ts'
import { vendorError } from './vendor-error.ts'

/** A model of one of the AI SDK's provider packages, by the current specification (v4) or the one before it (v3). */
export type TranscriptionModel = TranscriptionModelV4 | TranscriptionModelV3

/** What a vendor publishes about one of its speech models. */
export interface SpeechModelFacts {
  readonly id: string
  /** For people. */
  readonly name: string
  readonly description?: string
  /** The price of a minute, in US dollars. */
  readonly price?: { readonly minute: number }
  /** The shortest recording that is charged for, in milliseconds: a shorter one costs as much. Default: 0. */
  readonly shortest?: number
  /** Whether it says when each stretch is spoken. Default: false. */
  readonly segments?: boolean
}

/** What the action `transcribe` takes, as the adapter reads it. */
export interface TranscribeRequest {
  readonly model?: { readonly id: string } | undefined
  readonly audio: { readonly url: string } | { readonly bytes: Uint8Array; readonly contentType: string }
  readonly language?: string | undefined
  readonly prompt?: string | undefined
  readonly segments?: boolean | undefined
}

/** What the adapter needs to know of a vendor. */
export interface TranscriptionVendor<TConfiguration extends SpeechConfiguration> {
  /** The name of the integration, under which the provider package looks for its own options, too. */
  readonly name: string
  /** The models that the vendor publishes. Others work too, without segments. */
  readonly models: readonly SpeechModelFacts[]
  /** Sets up the provider package. Called once for each configuration, by its first call; the result gives a model by its id. */
  connect(configuration: TConfiguration): (modelId: string) => TranscriptionModel
  /** The vendor's own words for the language, the hint and the segments, which the specification has none for. */
  optionsFor(request: TranscribeRequest): Record<string, string | string[]>
}

/** What the adapter reads of a configuration. */
export interface SpeechConfiguration extends VendorConfiguration {
  /** The id of the model for calls that name none. */
  readonly defaultSpeechModel: string
}

/** The largest recording that is fetched, in bytes: more than vendors take, who say so themselves. */
const largest = 100 * 1024 * 1024

/** The actions of the interface `speech-to-text`, over a provider package of the AI SDK. They fail as those of `languageModelActions` do. */
export function transcriptionActions<TConfiguration extends SpeechConfiguration>(
  vendor: TranscriptionVendor<TConfiguration>,
) {
  const { name, models } = vendor
  const connection = connector(name, (configuration: TConfiguration) => vendor.connect(configuration))
  const factsOf = (id: string): SpeechModelFacts | undefined => models.find((model) => model.id === id)

  return {
    transcribe: async (call: VendorCall<TConfiguration, TranscribeRequest>) => {
      const { input, configuration, signal } = call
      const asked = input.model?.id ?? configuration.defaultSpeechModel
      const id = input.segments && !input.model && !factsOf(asked)?.segments ? (timed(models) ?? asked) : asked
      try {
        if (input.segments && !factsOf(id)?.segments) throw refusedSegments(id)
        const model = connection.open(call, id)
        const { text, segments, language, durationInSeconds, warnings } = await model.doGenerate({
          ...(await recordingOf(input.audio, signal)),
          providerOptions: { [name]: vendor.optionsFor(input) },
          abortSignal: signal,
        })
        connection.warn(call, warnings)
        const duration = durationInSeconds === undefined ? undefined : durationInSeconds * 1000
        return {
          model: { id },
          text: text.trim(),
          language: language === undefined ? undefined : languageCode(language),
          duration,
          ...(input.segments && { segments: inOrder(segments) }),
          cost: costOf(factsOf(id), duration),
        }
      } catch (error) {
        throw vendorError(error, failing(name, call))
      }
    },

    listSpeechModels: async () => ({
      models: models.map(({ id, name: title, description, price }) => ({
        model: { id },
        name: title,
        description,
        price,
      })),
    }),
  }
}

const timed = (models: readonly SpeechModelFacts[]): string | undefined => models.find((model) => model.segments)?.id

async function recordingOf(audio: TranscribeRequest['audio'], signal: AbortSignal) {
  if ('bytes' in audio) return { audio: audio.bytes, mediaType: withoutParameters(audio.contentType) }
  const response = await safeFetch(audio.url, { signal, limit: largest, timeout: 60_000 })
  const contentType = response.headers.get('content-type') ?? ''
  if (response.ok)
    return { audio: new Uint8Array(await response.arrayBuffer()), mediaType: withoutParameters(contentType) }
  await response.body?.cancel()
  throw new PlugboardError({
    code: 'input_invalid',
    message: `there is no recording at '${new URL(audio.url).host}': it was answered with ${response.status}`,
    where: { path: 'audio.url' },
  })
}

/** `audio/ogg; codecs=opus` is `audio/ogg`, by which vendors know the format. */
const withoutParameters = (contentType: string): string => contentType.split(';')[0]?.trim() ?? ''

/** In milliseconds and in their order; where a model lets two overlap, the later one begins when the other ends. */
function inOrder(segments: readonly { text: string; startSecond: number; endSecond: number }[]) {
  let last = 0
  return segments
    .toSorted((one, other) => one.startSecond - other.startSecond)
    .map(({ text, startSecond, endSecond }) => {
      const start = Math.max(last, startSecond * 1000)
      last = Math.max(start, endSecond * 1000)
      return { text: text.trim(), start, end: last }
    })
}

function costOf(facts: SpeechModelFacts | undefined, duration: number | undefined): number | undefined {
  if (!facts?.price || duration === undefined) return undefined
  return (Math.max(duration, facts.shortest ?? 0) / 60_000) * facts.price.minute
}

function refusedSegments(id: string): PlugboardError {
  const message = `model '${id}' does not say when a text is spoken. Leave out \`segments\`, or ask another model.`
  return new PlugboardError({ code: 'vendor_refused', message, where: { path: 'segments' } })
}
