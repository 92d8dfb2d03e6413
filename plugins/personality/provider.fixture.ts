import { IntegrationDefinition, IntegrationImplementation, z } from 'plugboard'
import llm from 'plugboard/interfaces/llm'

type Asked = { systemPrompt?: string; messages: readonly { role: string; content: unknown }[]; model?: { id: string } }

/** A provider, which answers by a function of a test. */
export function parrot(
  answer: (asked: Asked) => string = ({ messages }) => `you said ${String(messages.at(-1)?.content)}`,
) {
  const asked: Asked[] = []
  const definition = new IntegrationDefinition({
    name: 'parrot',
    entities: { model: { schema: z.object({ id: z.enum(['grey', 'green']) }) }, options: { schema: z.object({}) } },
  }).extend(llm, ({ entities }) => ({ entities: { modelRef: entities.model, vendorOptions: entities.options } }))
  const generate = async ({ input }: { input: unknown }) => {
    asked.push(input as Asked)
    const usage = { inputTokens: 1, outputTokens: 1 }
    const content = answer(input as Asked)
    return { id: '1', provider: 'parrot', model: { id: 'grey' }, content, toolCalls: [], stopReason: 'stop', usage }
  }
  const installable = definition.implementedBy(async () => ({
    default: new IntegrationImplementation(definition, {
      actions: {
        generateContent: generate,
        listLanguageModels: async () => ({ models: [] }),
      },
    } as never),
  }))
  return Object.assign(installable, { asked })
}

/** A channel that remembers what was sent. */
export function chat() {
  const sent: string[] = []
  const definition = new IntegrationDefinition({
    name: 'chat',
    channels: {
      room: {
        messages: {
          text: { schema: z.object({ text: z.string() }) },
          image: { schema: z.object({ imageUrl: z.string() }) },
        },
      },
    },
  })
  const installable = definition.implementedBy(async () => ({
    default: new IntegrationImplementation(definition, {
      channels: {
        room: { messages: { text: async ({ payload }) => void sent.push(payload.text), image: async () => {} } },
      },
    }),
  }))
  return Object.assign(installable, { sent })
}
