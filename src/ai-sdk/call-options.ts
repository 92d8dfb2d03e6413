import type { JSONObject } from '@ai-sdk/provider'
import type { LanguageModelRequest, Message } from 'plugboard/interfaces/llm'
import { PlugboardError } from '../index.ts'

/**
 * A request as both specifications take it: they differ in files and reasoning only, which the interface does not have.
 * @param optionsName the name under which the provider package looks for its own options.
 * @throws {PlugboardError} with the code `input_invalid`, if a tool must be called and there is none.
 */
export function callOptions(request: LanguageModelRequest, optionsName: string, signal: AbortSignal) {
  const { systemPrompt, messages, tools = [], toolChoice, temperature, maxTokens, stop, vendorOptions } = request
  if (toolChoice === 'required' && tools.length === 0) {
    throw new PlugboardError({
      code: 'input_invalid',
      message: "`toolChoice` is 'required', and `tools` names none. Give the tools, or leave out the choice.",
      where: { path: 'toolChoice' },
    })
  }
  return {
    prompt: [...(systemPrompt === undefined ? [] : [system(systemPrompt)]), ...messages.flatMap(promptMessage)],
    maxOutputTokens: maxTokens,
    temperature,
    stopSequences: stop,
    // Vendors refuse a choice without tools, even one that says not to call any.
    ...(tools.length > 0 && {
      tools: tools.map((tool) => ({ type: 'function' as const, ...tool })),
      toolChoice: { type: toolChoice ?? 'auto' } as const,
    }),
    ...(vendorOptions && { providerOptions: { [optionsName]: vendorOptions as JSONObject } }),
    abortSignal: signal,
  }
}

function system(content: string) {
  return { role: 'system' as const, content }
}

type TextPart = ReturnType<typeof texts>[number]
type CallPart = ReturnType<typeof callPart>
type PromptMessage =
  | { role: 'user'; content: TextPart[] }
  | { role: 'assistant'; content: (TextPart | CallPart)[] }
  | { role: 'tool'; content: ReturnType<typeof resultPart>[] }

/** Vendors refuse empty texts and empty messages, which say nothing anyway. */
function promptMessage(message: Message): PromptMessage[] {
  if (message.role === 'user') return [{ role: 'user', content: texts(message.content) }]
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
