import { generateText } from 'ai'
import { MockLanguageModelV4 } from 'ai/test'
import { expected, given } from './work.ts'

/** The model that every side calls: the SDK's own mock, which answers at once. */
export const model = new MockLanguageModelV4({
  modelId: 'large',
  doGenerate: async () => ({
    content: [{ type: 'text', text: expected.text }],
    finishReason: { unified: 'stop', raw: 'stop' },
    usage: {
      inputTokens: {
        total: expected.usage.inputTokens,
        noCache: undefined,
        cacheRead: undefined,
        cacheWrite: undefined,
      },
      outputTokens: { total: expected.usage.outputTokens, text: undefined, reasoning: undefined },
    },
    warnings: [],
  }),
})

// The mock keeps what it was called with; without this, later rounds would pay for the garbage of the earlier.
const forget = () => {
  model.doGenerateCalls.length = 0
}

const prompt = given.messages.map(({ role, content }) => ({
  role,
  content: [{ type: 'text' as const, text: content }],
}))

/** The model alone, to be taken off from the others. */
export async function callModel(): Promise<string> {
  const { content } = await model.doGenerate({ prompt, temperature: 1 })
  forget()
  return content[0]?.type === 'text' ? content[0].text : ''
}

export async function callGenerateText(): Promise<string> {
  const { text } = await generateText({ model, messages: given.messages, temperature: 1, maxRetries: 0 })
  forget()
  return text
}
