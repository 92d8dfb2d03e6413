import { ownAction, renaming } from './own-action.ts'
import { range, type SourceWriter, type Sources } from './scenario.ts'

/** The work in `@botpress/sdk`, with the packages and the typings that its command line tool generates for its users. */
export const botpressSources: SourceWriter = (scenario, count) => {
  const sources: Sources = { 'llm.ts': interfacePackage }
  for (const index of range(count)) {
    sources[`provider-${index}/definition.ts`] = definition(index, scenario === 'renamed')
    if (scenario === 'handlers') {
      sources[`provider-${index}/generated.ts`] = generatedTypings(index)
      sources[`provider-${index}/implementation.ts`] = implementation(index)
    }
    if (scenario === 'bot') sources[`provider-${index}/package.ts`] = integrationPackage(index)
  }
  if (scenario === 'bot') {
    sources['assistant.ts'] = pluginPackage
    sources['bot.ts'] = bot(count)
  }
  return sources
}

/** An installed interface, as its command line tool writes it: data, with references for entities. */
const interfacePackage = `import * as sdk from '@botpress/sdk'

const { z } = sdk

export default {
  type: 'interface',
  id: 'interface-llm',
  name: 'llm',
  version: '1.0.0',
  definition: {
    name: 'llm',
    version: '1.0.0',
    entities: { modelRef: { schema: z.object({ id: z.string() }) } },
    actions: {
      generateContent: {
        billable: true,
        input: {
          schema: z.object({
            model: z.ref('modelRef').optional(),
            messages: z.array(z.object({ role: z.enum(['user', 'assistant']), content: z.string() })),
            temperature: z.number().default(1),
          }),
        },
        output: { schema: z.object({ text: z.string(), usage: z.object({ in: z.number() }) }) },
      },
      listLanguageModels: {
        input: { schema: z.object({}) },
        output: {
          schema: z.object({ models: z.array(z.intersection(z.object({ name: z.string() }), z.ref('modelRef'))) }),
        },
      },
    },
    events: {},
    channels: {},
  },
} satisfies sdk.InterfacePackage
`

const definition = (index: number, renamed: boolean) => `import * as sdk from '@botpress/sdk'
import llm from '../llm.ts'

const { z } = sdk

export default new sdk.IntegrationDefinition({
  name: 'provider-${index}',
  version: '1.0.0',
  configuration: { schema: z.object({ apiKey: z.string() }) },
  entities: { model: { schema: z.object({ id: z.enum(['large-${index}', 'small-${index}']), maxTokens: z.number() }) } },${renamed ? ownAction(index) : ''}
}).extend(llm, ({ entities }) => ({
  entities: { modelRef: entities.model },${renamed ? renaming : ''}
}))
`

/** What its command line tool writes for an integration: the plain types of every member, and the classes and aliases made of them. */
const generatedTypings = (index: number) => `import * as sdk from '@botpress/sdk'

type Model = { id: 'large-${index}' | 'small-${index}'; maxTokens: number }

export type Declared = {
  name: 'provider-${index}'
  version: '1.0.0'
  user: { tags: {}; creation: { enabled: false; requiredTags: [] } }
  configuration: { apiKey: string }
  configurations: {}
  actions: {
    generateContent: {
      input: { model?: Model; messages: { role: 'user' | 'assistant'; content: string }[]; temperature: number }
      output: { text: string; usage: { in: number } }
    }
    listLanguageModels: { input: {}; output: { models: ({ name: string } & Model)[] } }
  }
  channels: {}
  events: {}
  states: {}
  entities: { model: Model }
}
type Completed = sdk.DefaultIntegration<Declared>

export type IntegrationProps = sdk.IntegrationProps<Completed>
export class Integration extends sdk.Integration<Completed> {}
export type Client = sdk.IntegrationSpecificClient<Completed>

export type HandlerProps = Parameters<IntegrationProps['handler']>[0]
export type Context = HandlerProps['ctx']
export type ActionProps = { [K in keyof IntegrationProps['actions']]: Parameters<IntegrationProps['actions'][K]>[0] }
export type AnyActionProps = ActionProps[keyof ActionProps]

type Messages<C extends keyof IntegrationProps['channels']> = NonNullable<IntegrationProps['channels'][C]['messageCreated']>
export type MessageProps = { [C in keyof IntegrationProps['channels']]: { [M in keyof Messages<C>]: Parameters<Messages<C>[M]>[0] } }
export type AnyMessageProps = MessageProps[keyof MessageProps][keyof MessageProps[keyof MessageProps]]

type Operations = { [K in keyof Client as Client[K] extends (...given: any[]) => Promise<any> ? K : never]: K }
export type ClientOperation = Operations[keyof Operations]
export type ClientRequests = { [K in ClientOperation]: Parameters<Client[K]>[0] }
export type ClientResponses = { [K in ClientOperation]: Awaited<ReturnType<Client[K]>> }
`

const implementation = (index: number) => `import { Integration } from './generated.ts'

export default new Integration({
  register: async () => {},
  unregister: async () => {},
  handler: async () => {},
  channels: {},
  actions: {
    generateContent: async ({ input }) => {
      const id: 'large-${index}' | 'small-${index}' | undefined = input.model?.id
      const temperature: number = input.temperature
      return { text: \`\${input.messages[0]!.content} \${id} \${temperature}\`, usage: { in: 1 } }
    },
    listLanguageModels: async () => ({ models: [{ id: 'large-${index}', maxTokens: 1, name: 'Large' }] }),
  },
})
`

const integrationPackage = (index: number) => `import * as sdk from '@botpress/sdk'
import definition from './definition.ts'

export default { type: 'integration', name: 'provider-${index}', version: '1.0.0', definition } satisfies sdk.IntegrationPackage
`

const pluginPackage = `import * as sdk from '@botpress/sdk'

const { z } = sdk

export default {
  type: 'plugin',
  id: 'plugin-assistant',
  name: 'assistant',
  version: '1.0.0',
  implementation: Buffer.from(''),
  definition: {
    name: 'assistant',
    version: '1.0.0',
    configuration: { schema: z.object({ persona: z.string().optional() }) },
    interfaces: { llm: { id: 'interface-llm', name: 'llm', version: '1.0.0' } },
    integrations: {},
  },
} satisfies sdk.PluginPackage
`

const bot = (count: number) => `import * as sdk from '@botpress/sdk'
import assistant from './assistant.ts'
${range(count)
  .map((index) => `import provider${index} from './provider-${index}/package.ts'`)
  .join('\n')}

export default new sdk.BotDefinition({})
${range(count)
  .map(
    (index) => `  .addIntegration(provider${index}, { alias: 'provider${index}', configuration: { apiKey: 'key' } })`,
  )
  .join('\n')}
  .addPlugin(assistant, {
    configuration: {},
    dependencies: { llm: { integrationAlias: 'provider0', integrationInterfaceAlias: 'llm<model>' } },
  })
`
