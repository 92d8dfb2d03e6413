import { expectTypeOf } from 'expect-type'
import {
  type ActionStream,
  BotDefinition,
  BotImplementation,
  IntegrationDefinition,
  IntegrationImplementation,
  need,
  PluginDefinition,
  PluginImplementation,
  z,
} from 'plugboard'
import llm, {
  type Image,
  type LanguageModelRequest,
  type LanguageModelResponse,
  type Message,
  type Part,
  type ResponseFormat,
  type Tool,
  type ToolCall,
  type Usage,
} from 'plugboard/interfaces/llm'
import { installable } from './fixtures/installable.ts'

type Json = z.core.util.JSONType
type AnyOptions = { [key: string]: Json | undefined }

// A vendor's own options, typed: the slot is mapped to an entity of the integration.
const vendor = new IntegrationDefinition({
  name: 'acme',
  version: '1.0.0',
  entities: {
    model: { schema: z.object({ id: z.enum(['small', 'large']), family: z.string() }) },
    options: { schema: z.object({ effort: z.enum(['low', 'high']).optional(), seed: z.number().optional() }) },
  },
}).extend(llm, ({ entities }) => ({
  entities: { modelRef: entities.model, vendorOptions: entities.options },
  capabilities: ['stream', 'tools'],
}))
type Model = { id: 'small' | 'large'; family: string }
type Options = { effort?: 'low' | 'high' | undefined; seed?: number | undefined }
type Actions = (typeof vendor.$types)['actions']
expectTypeOf<keyof typeof vendor.actions>().toEqualTypeOf<'generateContent' | 'streamContent' | 'listLanguageModels'>()
expectTypeOf<Actions['generateContent']['parsed']['model']>().toEqualTypeOf<Model | undefined>()
expectTypeOf<Actions['generateContent']['parsed']['vendorOptions']>().toEqualTypeOf<Options | undefined>()
expectTypeOf<Actions['generateContent']['parsed']['messages']>().toEqualTypeOf<Message[]>()
expectTypeOf<Actions['generateContent']['parsed']['tools']>().toEqualTypeOf<Tool[] | undefined>()
expectTypeOf<Actions['generateContent']['output']['model']>().toEqualTypeOf<Model>()
expectTypeOf<Actions['generateContent']['output']['toolCalls']>().toEqualTypeOf<ToolCall[]>()
expectTypeOf<Actions['generateContent']['output']['usage']>().toEqualTypeOf<Usage>()
expectTypeOf<Actions['generateContent']['output']['cost']>().toEqualTypeOf<number | undefined>()
expectTypeOf<Actions['streamContent']['item']>().toEqualTypeOf<{ input: Part; parsed: Part }>()
expectTypeOf<Actions['listLanguageModels']['output']['models'][number]['model']>().toEqualTypeOf<Model>()

// A vendor without options of its own leaves the slot as the interface declares it.
const plain = new IntegrationDefinition({
  name: 'plain',
  entities: { model: { schema: z.object({ id: z.string() }) } },
}).extend(llm, ({ entities }) => ({ entities: { modelRef: entities.model } }))
type Plain = (typeof plain.$types)['actions']
expectTypeOf<keyof typeof plain.actions>().toEqualTypeOf<'generateContent' | 'listLanguageModels'>()
expectTypeOf<Plain['generateContent']['parsed']['vendorOptions']>().toEqualTypeOf<AnyOptions | undefined>()

// What came with 1.1 is optional, so that what was written for 1.0 goes on.
expectTypeOf(llm.version).toEqualTypeOf<'1.1.0'>()
expectTypeOf<keyof typeof llm.capabilities>().toEqualTypeOf<
  'stream' | 'tools' | 'imageInput' | 'structuredOutput' | 'reasoning'
>()
expectTypeOf<Extract<Message, { role: 'user' }>>().toEqualTypeOf<{
  role: 'user'
  content: string
  images?: Image[] | undefined
}>()
expectTypeOf<Image>().toEqualTypeOf<
  { url: string } | { data: string; contentType: 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp' }
>()
expectTypeOf<Plain['generateContent']['parsed']['responseFormat']>().toEqualTypeOf<ResponseFormat | undefined>()
expectTypeOf<ResponseFormat>().toEqualTypeOf<{
  schema: Record<string, Json>
  name?: string | undefined
  description?: string | undefined
}>()
expectTypeOf<Plain['generateContent']['parsed']['reasoningEffort']>().toEqualTypeOf<
  'none' | 'low' | 'medium' | 'high' | undefined
>()
expectTypeOf<Plain['generateContent']['output']['structured']>().toEqualTypeOf<Json | undefined>()
expectTypeOf<Usage>().toEqualTypeOf<{
  inputTokens: number
  outputTokens: number
  cachedInputTokens?: number | undefined
  reasoningTokens?: number | undefined
}>()

// What an adapter is written against.
expectTypeOf<LanguageModelRequest<Model, Options>>().toEqualTypeOf<Actions['generateContent']['parsed']>()
expectTypeOf<LanguageModelResponse<Model>>().toEqualTypeOf<Actions['generateContent']['output']>()
expectTypeOf<ToolCall>().toEqualTypeOf<{ id: string; name: string; input: Record<string, Json> }>()
expectTypeOf<Part>().toEqualTypeOf<{ type: 'text'; text: string } | { type: 'toolCall'; toolCall: ToolCall }>()

new IntegrationImplementation(vendor, {
  actions: {
    generateContent: async ({ input }) => {
      expectTypeOf(input.vendorOptions?.effort).toEqualTypeOf<'low' | 'high' | undefined>()
      for (const message of input.messages)
        if (message.role === 'tool') expectTypeOf(message.toolCallId).toEqualTypeOf<string>()
      return answer(input)
    },
    streamContent: async function* ({ input }) {
      yield { type: 'text', text: 'a' }
      yield { type: 'toolCall', toolCall: { id: '1', name: 'b', input: { c: [1, null, { d: true }] } } }
      return answer(input)
    },
    listLanguageModels: async () => ({ models: [{ model: { id: 'small', family: 'a' }, name: 'Small' }] }),
  },
})
function answer(request: LanguageModelRequest<Model, Options>): LanguageModelResponse<Model> {
  return {
    id: '1',
    provider: 'acme',
    model: request.model ?? { id: 'large', family: 'a' },
    content: '',
    toolCalls: [],
    stopReason: 'stop',
    usage: { inputTokens: 1, outputTokens: 1 },
  }
}

// A plugin reads what every model has, hands models back, and gets options by parsing them.
const plugin = new PluginDefinition({
  name: 'writer',
  interfaces: { llm, tooling: need(llm, { capabilities: ['tools'] }) },
  configuration: {
    schema: ({ entities }) =>
      z.object({ model: entities.llm.modelRef.optional(), vendorOptions: entities.llm.vendorOptions.optional() }),
  },
})
new PluginImplementation(plugin).on.message('text', async ({ interfaces, configuration, message }) => {
  const { models } = await interfaces.llm.listLanguageModels({})
  type Listed = (typeof models)[number]
  expectTypeOf<Pick<Listed, 'name' | 'contextWindow' | 'price'>>().toEqualTypeOf<{
    name: string
    contextWindow?: number | undefined
    price?: { input: number; output: number } | undefined
  }>()
  expectTypeOf<Listed['model']['id']>().toEqualTypeOf<string>()
  expectTypeOf(configuration.model).toEqualTypeOf<Listed['model'] | undefined>()

  const reply = await interfaces.llm.generateContent({
    model: configuration.model ?? models[0]?.model,
    messages: [{ role: 'user', content: message.payload.text }],
    vendorOptions: configuration.vendorOptions ?? interfaces.llm.entities.vendorOptions.parse({ effort: 'low' }),
  })
  expectTypeOf(reply.model).toEqualTypeOf<Listed['model']>()
  expectTypeOf(reply.content).toEqualTypeOf<string>()
  expectTypeOf(reply.stopReason).toEqualTypeOf<'stop' | 'length' | 'toolCalls' | 'contentFilter' | 'other'>()

  // A stream has a stand-in, so that it needs no capability.
  const stream = interfaces.llm.streamContent({ messages: [] })
  expectTypeOf(stream).toEqualTypeOf<ActionStream<Part, typeof reply>>()
  for await (const part of stream) if (part.type === 'text') expectTypeOf(part.text).toEqualTypeOf<string>()
  expectTypeOf(await stream.output()).toEqualTypeOf<typeof reply>()

  // Tools: what the model asks for goes back with its result.
  const asked = await interfaces.tooling.generateContent({
    messages: [],
    tools: [{ name: 'weather', inputSchema: { type: 'object', properties: { city: { type: 'string' } } } }],
  })
  for (const call of asked.toolCalls) {
    expectTypeOf(call.input['city']).toEqualTypeOf<Json | undefined>()
    await interfaces.tooling.generateContent({
      messages: [
        { role: 'assistant', content: asked.content, toolCalls: asked.toolCalls },
        { role: 'tool', toolCallId: call.id, toolName: call.name, content: 'sunny' },
      ],
    })
  }
})

// Options in a bot's configuration are plain data; by name they are the vendor's own.
const bot = new BotDefinition().addIntegration(installable(vendor)).addPlugin(installable(plugin), {
  configuration: { model: { id: 'small' }, vendorOptions: { effort: 'low', nested: { a: [1] } } },
})
new BotImplementation(bot).on.message('*', async ({ actions: { acme } }) => {
  const { model } = await acme.generateContent({
    messages: [{ role: 'user', content: 'a' }],
    vendorOptions: { effort: 'high' },
  })
  expectTypeOf(model).toEqualTypeOf<Model>()
})
