import { expectTypeOf } from 'expect-type'
import { BotDefinition, type ErrorCode, PluginImplementation, type Tool, type ToolResult, z } from 'plugboard'
import { plain, vendor } from './fixtures/integrations.ts'
import { agent, assistant, greeter } from './fixtures/plugins.ts'

const empty = { schema: z.object({}) }
const own = new BotDefinition({ actions: { report: { input: empty, output: empty } } })

// Actions of integrations, of plugins, and of the bot's own, in both forms.
const bot = own
  .addIntegration(vendor, { configuration: { apiKey: 'key' } })
  .addIntegration(plain, { alias: 'backup' })
  .addPlugin(assistant, { configuration: { tone: 'kind' }, dependencies: { llm: 'backup', narrator: 'vendor' } })
  .addPlugin(agent, {
    tools: [
      'vendor:ping',
      'vendor:generate',
      'assistant:ask',
      'bot:report',
      { action: 'backup:generate', name: 'write', description: 'Writes.' },
    ],
  })
expectTypeOf<keyof (typeof bot.$types)['plugins']>().toEqualTypeOf<'assistant' | 'agent'>()
expectTypeOf<(typeof bot.$types)['plugins']['agent']['takesTools']>().toEqualTypeOf<true>()
expectTypeOf<(typeof greeter.$types)['takesTools']>().toEqualTypeOf<false>()

// None, and those of which only the start knows the text.
const chosen: string[] = ['vendor:ping']
own.addPlugin(agent, { alias: 'idle', tools: [] })
own.addIntegration(vendor, { configuration: { apiKey: 'key' } }).addPlugin(agent, { tools: chosen })

// What a handler does with them.
const { on } = new PluginImplementation(agent)
on.message('text', async ({ tools, message }) => {
  expectTypeOf(tools).toEqualTypeOf<readonly Tool[]>()
  for (const { name, description, inputSchema, call } of tools) {
    expectTypeOf(name).toEqualTypeOf<string>()
    expectTypeOf(description).toEqualTypeOf<string | undefined>()
    expectTypeOf(inputSchema['type']).toEqualTypeOf<z.core.util.JSONType | undefined>()
    const result = await call({ text: message.payload.text }, { step: '1' })
    expectTypeOf(result).toEqualTypeOf<ToolResult>()
    if (result.error) expectTypeOf(result.error.code).toEqualTypeOf<ErrorCode>()
    else expectTypeOf(result.output).toEqualTypeOf<z.core.util.JSONType>()
  }
})

// What a need can do is known before it is asked.
new PluginImplementation(greeter).on.message('text', async ({ interfaces }) => {
  expectTypeOf(interfaces.llm.capabilities).toEqualTypeOf<readonly ('stream' | 'tools')[]>()
})
