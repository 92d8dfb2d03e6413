import { generateText, type ModelMessage } from 'ai'
import { MockLanguageModelV4 } from 'ai/test'
import { request, response } from './conversation.ts'

/** The model that both sides call: the mock that the SDK has for tests, which answers at once. */
export const model = new MockLanguageModelV4({
  modelId: response.model.id,
  doGenerate: async () => ({
    content: [{ type: 'text', text: response.content }],
    finishReason: { unified: 'stop', raw: 'stop' },
    usage: {
      inputTokens: {
        total: response.usage.inputTokens,
        noCache: undefined,
        cacheRead: undefined,
        cacheWrite: undefined,
      },
      outputTokens: { total: response.usage.outputTokens, text: undefined, reasoning: undefined },
    },
    warnings: [],
  }),
})

/** Empties what the mock keeps of its calls; without this, a round would pay for the garbage of the one before. */
export function forget(): void {
  model.doGenerateCalls.length = 0
}

const messages = request.messages.map(({ role, content }) => ({ role, content })) as ModelMessage[]
const prompt = request.messages.map(({ content }) => ({
  role: 'user' as const,
  content: [{ type: 'text' as const, text: content }],
}))

/** The model alone: what is taken off from the others. */
export async function modelAlone(): Promise<string> {
  const { content } = await model.doGenerate({ prompt, temperature: request.temperature })
  forget()
  return content[0]?.type === 'text' ? content[0].text : ''
}

export async function generateTextOnModel(): Promise<string> {
  const { text } = await generateText({
    model,
    instructions: request.systemPrompt,
    messages,
    temperature: request.temperature,
  })
  forget()
  return text
}
