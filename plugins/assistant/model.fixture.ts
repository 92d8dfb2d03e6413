import llm, { type LanguageModelRequest, type StopReason, type ToolCall } from 'plugboard/interfaces/llm'
import { fake } from 'plugboard/testing'

/** What a model says. */
export interface Saying {
  readonly content?: string
  readonly calls?: readonly Pick<ToolCall, 'name' | 'input'>[]
  /** Default: what goes with the calls, or the lack of them. */
  readonly stopReason?: StopReason
}

type Asked = Pick<LanguageModelRequest, 'messages' | 'systemPrompt' | 'tools' | 'toolChoice'>
type Capability = keyof (typeof llm)['$types']['capabilities']

/** What a model says where a test does not care. */
const echo = ({ messages }: Asked): Saying => ({ content: `you said ${messages.at(-1)?.content}` })

/** A model that says what a test says, word by word. */
export function model(
  say: (asked: Asked, index: number, signal: AbortSignal) => Saying | Promise<Saying> = echo,
  capabilities: readonly Capability[] = ['stream', 'tools'],
) {
  const answer = async (asked: unknown, { index, signal }: { index: number; signal: AbortSignal }) => {
    const {
      content = '',
      calls = [],
      stopReason = calls.length > 0 ? 'toolCalls' : 'stop',
    } = await say(asked as Asked, index, signal)
    const toolCalls = calls.map((call, number) => ({ id: `vendor-${index}-${number}`, ...call }))
    return { content, toolCalls, stopReason }
  }
  const made = fake(llm, {
    name: 'model',
    capabilities,
    actions: {
      generateContent: answer,
      streamContent: async function* (asked, context) {
        const said = await answer(asked, context)
        for (const text of said.content.split(/(?<=\s)/)) yield { type: 'text', text }
        for (const toolCall of said.toolCalls) yield { type: 'toolCall', toolCall }
        return said
      },
    },
  })
  return Object.assign(made, { asked: () => made.calls.map(({ input }) => input as Asked) })
}
