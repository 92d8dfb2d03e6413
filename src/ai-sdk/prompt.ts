import type { Message, ToolCall } from 'plugboard/interfaces/llm'
import { type CallNames, callNames } from './call-names.ts'
import { type FilePart, imagePart } from './image-part.ts'
import type { LanguageModel } from './language-model.ts'

/** Whom a conversation is told to. */
export interface Reader {
  readonly model: LanguageModel
  /** What the ids of calls are to look like. */
  readonly toolCallId?: RegExp | undefined
  readonly signal: AbortSignal
}

type TextPart = ReturnType<typeof text>
type PromptMessage =
  | { role: 'user'; content: (FilePart | TextPart)[] }
  | { role: 'assistant'; content: (TextPart | ReturnType<typeof callPart>)[] }
  | ReturnType<typeof resultOf>

/**
 * A conversation as every vendor takes it, whoever answered in it before: it begins with the user, has no message that says
 * nothing, and gives the results of calls that were made at once in one message, under ids that the vendor takes. A call that has
 * no result right after it gets one that says so, and a result without a call is told as a text.
 */
export async function promptOf(messages: readonly Message[], reader: Reader): Promise<PromptMessage[]> {
  const pictures = await Promise.all(messages.map((message) => picturesOf(message, reader)))
  const names = callNames(reader.toolCallId)
  const prompt: PromptMessage[] = []
  const add = (message: PromptMessage | undefined): void => {
    const last = prompt.at(-1)
    // Some vendors refuse results of calls that were made at once in messages of their own.
    if (message?.role === 'tool' && last?.role === 'tool') last.content.push(...message.content)
    else if (message) prompt.push(message)
  }
  const leave = (): void =>
    names.leave().forEach(({ id, tool }) => add(resultOf(tool, id, 'There is no result.', true)))
  for (const [index, message] of messages.entries()) {
    const id = message.role === 'tool' ? names.close(message.toolCallId) : undefined
    if (id === undefined) leave()
    add(promptMessage(message, { names, id, pictures: pictures[index] ?? [] }))
  }
  leave()
  return prompt[0]?.role === 'user' ? prompt : [{ role: 'user', content: [text(nothing)] }, ...prompt]
}

/** What stands for a message that says nothing, which vendors refuse. */
const nothing = '…'

function picturesOf(message: Message, { model, signal }: Reader): Promise<FilePart[]> {
  const images = message.role === 'user' ? (message.images ?? []) : []
  return Promise.all(images.map((image) => imagePart(image, model, signal)))
}

interface Surroundings {
  readonly names: CallNames
  /** The id of the call that the message is the result of. */
  readonly id: string | undefined
  readonly pictures: readonly FilePart[]
}

function promptMessage(message: Message, { names, id, pictures }: Surroundings): PromptMessage | undefined {
  const { role, content } = message
  if (role === 'tool') {
    const { toolName, isError } = message
    return id === undefined
      ? { role: 'user', content: [text(`${toolName}: ${content}`)] }
      : resultOf(toolName, id, content, isError)
  }
  const said = content.trim() === '' ? [] : [text(content)]
  if (role === 'user') {
    const parts = [...pictures, ...said]
    return { role, content: parts.length === 0 ? [text(nothing)] : parts }
  }
  const parts = [...said, ...(message.toolCalls ?? []).map((call) => callPart(call, names.open(call)))]
  return parts.length === 0 ? undefined : { role, content: parts }
}

function text(content: string) {
  return { type: 'text' as const, text: content }
}

function callPart({ name, input }: ToolCall, toolCallId: string) {
  return { type: 'tool-call' as const, toolCallId, toolName: name, input }
}

function resultOf(toolName: string, toolCallId: string, value: string, isError = false) {
  const output = { type: isError ? ('error-text' as const) : ('text' as const), value }
  return { role: 'tool' as const, content: [{ type: 'tool-result' as const, toolCallId, toolName, output }] }
}
