import { BotDefinition, IntegrationDefinition, IntegrationImplementation, z } from 'plugboard'
import llm, { type LanguageModelRequest } from 'plugboard/interfaces/llm'
import { startBot } from 'plugboard/runtime'
import { expect, test, vi } from 'vitest'

type Capability = 'imageInput' | 'structuredOutput' | 'reasoning'
type Request = Pick<LanguageModelRequest, 'messages' | 'responseFormat' | 'reasoningEffort'>
type Asked = { images: number; responseFormat: boolean; reasoningEffort: boolean }

/** A model that has certain capabilities and tells what reached it. */
async function start(capabilities: readonly Capability[]) {
  const asked = vi.fn<(asked: Asked) => void>()
  const definition = new IntegrationDefinition({
    name: 'acme',
    entities: { model: { schema: z.object({ id: z.string() }) } },
  }).extend(llm, ({ entities }) => ({ entities: { modelRef: entities.model }, capabilities }))
  const implementation = new IntegrationImplementation(definition, {
    actions: {
      generateContent: async ({ input: { messages, responseFormat, reasoningEffort } }) => {
        asked({
          images: messages.flatMap((message) => (message.role === 'user' ? (message.images ?? []) : [])).length,
          responseFormat: responseFormat !== undefined,
          reasoningEffort: reasoningEffort !== undefined,
        })
        return {
          id: '1',
          provider: 'acme',
          model: { id: 'm' },
          content: 'ok',
          toolCalls: [],
          stopReason: 'stop',
          usage: { inputTokens: 0, outputTokens: 0 },
        }
      },
      listLanguageModels: async () => ({ models: [] }),
    },
  })
  const bot = new BotDefinition({ interfaces: { llm } }).addIntegration(
    definition.implementedBy(async () => ({ default: implementation })),
  )
  const running = await startBot(bot, { environment: {} })
  return { running, asked }
}

const user = (images?: { url: string }[]) => ({ role: 'user' as const, content: 'hello', images })
const picture = { url: 'https://example.com/cat.png' }
const powers: [capability: Capability, path: string, input: Request, asked: Partial<Asked>][] = [
  ['imageInput', 'messages[].images', { messages: [user(), user([picture])] }, { images: 1 }],
  [
    'structuredOutput',
    'responseFormat',
    { messages: [user()], responseFormat: { schema: { type: 'object' } } },
    { responseFormat: true },
  ],
  ['reasoning', 'reasoningEffort', { messages: [user()], reasoningEffort: 'low' }, { reasoningEffort: true }],
]

test.each(powers)('the power %s is refused to those who lack it, before they are asked: %s', async (_, path, input) => {
  const { running, asked } = await start([])
  await using _running = running
  for (const ask of [
    () => running.interfaces.llm.generateContent(input),
    () => running.interfaces.llm.streamContent(input).output(),
  ])
    await expect(ask()).rejects.toMatchObject({ code: 'capability_missing', where: { path, integration: 'acme' } })
  expect(asked).not.toHaveBeenCalled()
})

test.each(powers)('the power %s is there for those who claim it', async (capability, _, input, expected) => {
  const { running, asked } = await start([capability])
  await using _running = running
  await running.interfaces.llm.generateContent(input)
  expect(asked.mock.calls).toMatchObject([[expected]])
})

test('no picture needs no power', async () => {
  const { running, asked } = await start([])
  await using _running = running
  await running.interfaces.llm.generateContent({ messages: [user([])] })
  expect(asked).toHaveBeenCalledOnce()
})

test.each([
  { url: 'file:///etc/passwd' },
  { url: 'cat.png' },
  { data: 'no base64!', contentType: 'image/png' as const },
  { data: 'iVBORw0KGgo=', contentType: 'image/svg+xml' as 'image/png' },
])('a picture is refused that is none: %j', async (image) => {
  const { running } = await start(['imageInput'])
  await using _running = running
  const messages = [{ role: 'user' as const, content: '', images: [image] }]
  await expect(running.interfaces.llm.generateContent({ messages })).rejects.toMatchObject({ code: 'input_invalid' })
})
