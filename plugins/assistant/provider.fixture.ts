import { IntegrationDefinition, IntegrationImplementation, z } from 'plugboard'
import llm from 'plugboard/interfaces/llm'

type Asked = { systemPrompt?: string; messages: readonly { role: string; content: unknown }[]; model?: { id: string } }

/** A provider, which answers by a function of a test; bit by bit, if it is given the bits. */
export function parrot(
  answer: (asked: Asked) => string = ({ messages }) => `you said ${String(messages.at(-1)?.content)}`,
  bits?: AsyncIterable<string>,
) {
  const asked: Asked[] = []
  const definition = new IntegrationDefinition({
    name: 'parrot',
    entities: { model: { schema: z.object({ id: z.enum(['grey', 'green']) }) }, options: { schema: z.object({}) } },
  }).extend(llm, ({ entities }) => ({
    entities: { modelRef: entities.model, vendorOptions: entities.options },
    capabilities: bits ? ['stream'] : [],
  }))
  const usage = { inputTokens: 1, outputTokens: 1 }
  const rest = { id: '1', provider: 'parrot', model: { id: 'grey' }, toolCalls: [], stopReason: 'stop', usage }
  const generate = async ({ input }: { input: unknown }) => {
    asked.push(input as Asked)
    return { ...rest, content: answer(input as Asked) }
  }
  const stream = async function* () {
    let content = ''
    for await (const text of bits ?? []) {
      content += text
      yield { type: 'text', text }
    }
    return { ...rest, content }
  }
  const installable = definition.implementedBy(async () => ({
    default: new IntegrationImplementation(definition, {
      actions: {
        generateContent: generate,
        ...(bits && { streamContent: stream }),
        listLanguageModels: async () => ({ models: [] }),
      },
    } as never),
  }))
  return Object.assign(installable, { asked })
}

/** A channel that remembers what was sent, and what it has shown before that. */
export function chat() {
  const sent: string[] = []
  const shown: string[] = []
  const definition = new IntegrationDefinition({
    name: 'chat',
    channels: {
      room: {
        messages: {
          text: { schema: z.object({ text: z.string() }) },
          image: { schema: z.object({ imageUrl: z.string() }) },
        },
        drafts: { every: 0 },
      },
    },
  })
  const installable = definition.implementedBy(async () => ({
    default: new IntegrationImplementation(definition, {
      channels: {
        room: {
          messages: { text: async ({ payload }) => void sent.push(payload.text), image: async () => {} },
          drafts: { text: async ({ payload }) => void shown.push(payload.text) },
        },
      },
    }),
  }))
  return Object.assign(installable, { sent, shown })
}
