import type { JSONObject } from '@ai-sdk/provider'
import type { LanguageModelRequest, Message } from 'plugboard/interfaces/llm'
import { PlugboardError } from '../index.ts'
import { promptOf, type Reader } from './prompt.ts'

/** Whom a request is for. */
export interface Asking extends Reader {
  /** The name under which the provider package looks for its own options. */
  readonly optionsName: string
  /** Own options that the request makes necessary, beneath those that it names. */
  readonly options?: Record<string, unknown> | undefined
  /** Whether the model can be told where to stop. Default: true. */
  readonly takesStop?: boolean | undefined
}

/**
 * A request as both specifications take it, which differ in files only. The one before has no degree of reasoning: a provider
 * package of it does not look for one.
 * @throws {PlugboardError} with the code `input_invalid`, if a tool must be called and there is none, or for a picture that cannot be got.
 */
export async function callOptions(request: LanguageModelRequest, asking: Asking) {
  const { optionsName, options, takesStop = true, signal } = asking
  const { systemPrompt = '', messages, toolChoice, temperature, maxTokens, stop, vendorOptions } = request
  const { responseFormat, reasoningEffort, tools = [] } = request
  if (toolChoice === 'required' && tools.length === 0) {
    throw new PlugboardError({
      code: 'input_invalid',
      message: "`toolChoice` is 'required', and `tools` names none. Give the tools, or leave out the choice.",
      where: { path: 'toolChoice' },
    })
  }
  const prompt = await promptOf(messages, asking)
  const offered = tools.length > 0 ? tools : toolsWithin(messages)
  return {
    prompt: [...(systemPrompt.trim() === '' ? [] : [system(systemPrompt)]), ...prompt],
    maxOutputTokens: maxTokens,
    temperature,
    ...(stop && takesStop && { stopSequences: stop }),
    // Vendors refuse a choice without tools, even one that says not to call any.
    ...(offered.length > 0 && {
      tools: offered.map((tool) => ({ type: 'function' as const, ...tool })),
      toolChoice: { type: tools.length > 0 ? (toolChoice ?? 'auto') : 'none' } as const,
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

/** The tools that were called before, of which nothing but their names is known: vendors refuse calls of tools that they are not told of. */
function toolsWithin(messages: readonly Message[]) {
  const calls = messages.flatMap((message) => (message.role === 'assistant' ? (message.toolCalls ?? []) : []))
  return [...new Set(calls.map(({ name }) => name))].map((name) => ({ name, inputSchema: { type: 'object' as const } }))
}
