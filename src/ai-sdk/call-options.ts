import type { JSONObject } from '@ai-sdk/provider'
import type { LanguageModelRequest, Message } from 'plugboard/interfaces/llm'
import { PlugboardError } from '../index.ts'
import { type FilePart, imagePart } from './image-part.ts'
import type { LanguageModel } from './language-model.ts'

/** Whom a request is for. */
export interface Asking {
  readonly model: LanguageModel
  /** The name under which the provider package looks for its own options. */
  readonly optionsName: string
  /** Own options that the request makes necessary, beneath those that it names. */
  readonly options?: Record<string, unknown> | undefined
  readonly signal: AbortSignal
}

/**
 * A request as both specifications take it, which differ in files only. The one before has no degree of reasoning: a provider
 * package of it does not look for one.
 * @throws {PlugboardError} with the code `input_invalid`, if a tool must be called and there is none, or for a picture that cannot be got.
 */
export async function callOptions(request: LanguageModelRequest, { model, optionsName, options, signal }: Asking) {
  const { systemPrompt, messages, tools = [], toolChoice, temperature, maxTokens, stop, vendorOptions } = request
  const { responseFormat, reasoningEffort } = request
  if (toolChoice === 'required' && tools.length === 0) {
    throw new PlugboardError({
      code: 'input_invalid',
      message: "`toolChoice` is 'required', and `tools` names none. Give the tools, or leave out the choice.",
      where: { path: 'toolChoice' },
    })
  }
  const prompt = await Promise.all(messages.map((message) => promptMessage(message, model, signal)))
  return {
    prompt: [...(systemPrompt === undefined ? [] : [system(systemPrompt)]), ...prompt.flat()],
    maxOutputTokens: maxTokens,
    temperature,
    stopSequences: stop,
    // Vendors refuse a choice without tools, even one that says not to call any.
    ...(tools.length > 0 && {
      tools: tools.map((tool) => ({ type: 'function' as const, ...tool })),
      toolChoice: { type: toolChoice ?? 'auto' } as const,
    }),
    ...(responseFormat && { responseFormat: { type: 'json' as const, ...responseFormat } }),
    ...(reasoningEffort && { reasoning: reasoningEffort }),
    ...((vendorOptions ?? options) && {
      providerOptions: { [optionsName]: { ...options, ...vendorOptions } as JSONObject },
    }),
    abortSignal: signal,
  }
}

function system(content: string) {
  return { role: 'system' as const, content }
}

type TextPart = ReturnType<typeof texts>[number]
type CallPart = ReturnType<typeof callPart>
type PromptMessage =
  | { role: 'user'; content: (FilePart | TextPart)[] }
  | { role: 'assistant'; content: (TextPart | CallPart)[] }
  | { role: 'tool'; content: ReturnType<typeof resultPart>[] }

/** Vendors refuse empty texts and empty messages, which say nothing anyway. */
async function promptMessage(message: Message, model: LanguageModel, signal: AbortSignal): Promise<PromptMessage[]> {
  if (message.role === 'user') {
    const images = await Promise.all((message.images ?? []).map((image) => imagePart(image, model, signal)))
    const said = message.content === '' && images.length > 0 ? [] : texts(message.content)
    return [{ role: 'user', content: [...images, ...said] }]
  }
  if (message.role === 'assistant') {
    const content = [
      ...(message.content === '' ? [] : texts(message.content)),
      ...(message.toolCalls ?? []).map(callPart),
    ]
    return content.length === 0 ? [] : [{ role: 'assistant', content }]
  }
  return [{ role: 'tool', content: [resultPart(message)] }]
}

function resultPart({ toolCallId, toolName, content, isError = false }: Extract<Message, { role: 'tool' }>) {
  const output = { type: isError ? ('error-text' as const) : ('text' as const), value: content }
  return { type: 'tool-result' as const, toolCallId, toolName, output }
}

function texts(text: string) {
  return [{ type: 'text' as const, text }]
}

function callPart({ id, name, input }: { id: string; name: string; input: unknown }) {
  return { type: 'tool-call' as const, toolCallId: id, toolName: name, input }
}
