import type {
  LanguageModelV3FinishReason,
  LanguageModelV3Usage,
  LanguageModelV4FinishReason,
  LanguageModelV4Usage,
} from '@ai-sdk/provider'
import type { LanguageModelResponse, StopReason, StructuredReader, ToolCall, Usage } from 'plugboard/interfaces/llm'
import { PlugboardError } from '../index.ts'
import { costOf, type ModelPrice } from './model-facts.ts'
import { StopCut } from './stop-cut.ts'

/** A call of a tool as provider packages give it. */
export interface RawToolCall {
  readonly toolCallId: string
  readonly toolName: string
  /** JSON, as the model wrote it. */
  readonly input: string
  /** Whether the vendor runs the tool itself, so that nobody else has to. */
  readonly providerExecuted?: boolean
}

/** What is known of an answer so far. */
export interface Draft {
  id?: string
  /** The model that answers, as the vendor names it. */
  modelId?: string
  content: string
  /** Where the text ends. */
  readonly cut: StopCut
  readonly calls: RawToolCall[]
  /** How it ended; undefined until it has. */
  finish?: {
    readonly finishReason: LanguageModelV4FinishReason | LanguageModelV3FinishReason
    readonly usage: LanguageModelV4Usage | LanguageModelV3Usage
  }
}

/** Begins a draft of an answer, whose text ends before the first of `stop`. */
export const draftOf = (stop: readonly string[] | undefined): Draft => ({
  content: '',
  cut: new StopCut(stop),
  calls: [],
})

/** Whose answer it is. */
export interface Answering {
  readonly vendor: string
  /** The id of the model that was asked. */
  readonly asked: string
  /** Whether tools may be called. */
  readonly mayCall: boolean
  /** The prices of a model, the one that was asked or that answered; undefined where they are not known. */
  pricesOf(...ids: readonly string[]): readonly ModelPrice[] | undefined
  /** Reads the answer as data, where that was asked for. */
  readonly read?: StructuredReader | undefined
}

/**
 * A draft as the interface's answer.
 * @throws {PlugboardError} with the code `stream_broken`, if the answer was cut short, and `vendor_failed`, if the model failed, wrote no JSON, or wrote data that does not fit.
 */
export function completed(draft: Draft, { vendor, asked, mayCall, pricesOf, read }: Answering): LanguageModelResponse {
  const { finish, id = '', modelId = asked, content, cut } = draft
  // One provider package tells of a connection that closed too early by this reason, as if it were an ordinary end.
  if (!finish || finish.finishReason.unified === 'interrupted') {
    const message = `${vendor} ended the answer of model '${asked}' before it was complete`
    throw new PlugboardError({ code: 'stream_broken', message, retryable: true })
  }
  if (finish.finishReason.unified === 'error') {
    throw new PlugboardError({
      code: 'vendor_failed',
      message: `model '${asked}' of ${vendor} stopped because of an error`,
    })
  }
  if (isNothing(draft)) {
    throw new PlugboardError({
      code: 'vendor_failed',
      message: `${vendor} gave an answer of model '${asked}' that says neither anything nor why it ended`,
    })
  }
  const { unified } = finish.finishReason
  // Of an answer that was cut, the last call may look whole and not be. Some models call although they must not, or after the end.
  const isWhole = mayCall && !cut.isCut && unified !== 'length' && unified !== 'content-filter'
  const calls = isWhole ? draft.calls.filter(({ providerExecuted }) => !providerExecuted) : []
  const toolCalls = distinct(calls.map((call) => parsedCall(call, vendor)))
  const { usage } = finish
  const stopReason = cut.isCut ? 'stop' : stopReasonOf(unified, toolCalls.length > 0)
  return {
    id,
    provider: vendor,
    model: { id: modelId },
    content,
    ...(read && stopReason === 'stop' && { structured: read(content) }),
    toolCalls,
    stopReason,
    usage: usageOf(usage),
    cost: costOf(pricesOf(modelId, asked), usage),
  }
}

/** One provider package takes any JSON object for an answer: what another server gave, such as a proxy, would be an empty one. */
function isNothing({ finish, content, calls }: Draft): boolean {
  const { unified, raw } = finish?.finishReason ?? {}
  return unified === 'other' && raw === undefined && content === '' && calls.length === 0
}

function usageOf({ inputTokens, outputTokens }: LanguageModelV4Usage | LanguageModelV3Usage): Usage {
  return {
    inputTokens: inputTokens.total ?? 0,
    outputTokens: outputTokens.total ?? 0,
    ...(inputTokens.cacheRead !== undefined && { cachedInputTokens: inputTokens.cacheRead }),
    ...(outputTokens.reasoning !== undefined && { reasoningTokens: outputTokens.reasoning }),
  }
}

/** Some servers give several calls one id, or none. */
function distinct(calls: readonly ToolCall[]): ToolCall[] {
  const ids = new Set<string>()
  return calls.map((call, index) => {
    const id = call.id === '' || ids.has(call.id) ? `${call.id || 'call'}-${index + 1}` : call.id
    ids.add(id)
    return { ...call, id }
  })
}

function parsedCall({ toolCallId, toolName, input }: RawToolCall, vendor: string): ToolCall {
  // A tool without parameters is called with nothing at all by some models.
  const value = input.trim() === '' ? {} : parsedJson(input)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const message = `${vendor} calls tool '${toolName}' with arguments that are no JSON object`
    throw new PlugboardError({ code: 'vendor_failed', message, retryable: true })
  }
  return { id: toolCallId, name: toolName, input: value as ToolCall['input'] }
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const stopReasons = {
  stop: 'stop',
  length: 'length',
  'content-filter': 'contentFilter',
  'tool-calls': 'toolCalls',
  other: 'other',
} as const satisfies Record<string, StopReason>

/** Some servers say that they stopped when a tool that had to be called was called, or that they wait for tools and call none. */
function stopReasonOf(reason: keyof typeof stopReasons, calls: boolean): StopReason {
  if (calls) return 'toolCalls'
  return reason === 'tool-calls' ? 'stop' : stopReasons[reason]
}
