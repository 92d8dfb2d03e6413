import { provider } from './integration.ts'
import { llm } from './interface.ts'
import { repeat } from './repeat.ts'

/** What `implementedBy()` gives, without what that costs itself. */
const installable = `
  const installable = <T>(definition: T): T & { readonly packaged: true } => definition as never
`
const assistant = `
  const assistant = installable(new PluginDefinition({
    name: 'assistant',
    version: '1.0.0',
    interfaces: { llm },
    configuration: { schema: z.object({ persona: z.string().optional() }) },
  }))
`
const added = (index: number) =>
  `.addIntegration(installable(provider${index}), { alias: 'provider${index}', configuration: { apiKey: 'key' } })`

/** A bot of `count` integrations and one plugin. */
export const bound = (count: number): string => `
  ${llm}
  ${repeat(count, provider)}
  ${installable}
  ${assistant}
  export const bot = new BotDefinition()
    ${repeat(count, added)}
    .addPlugin(assistant, { dependencies: { llm: 'provider0' } })
`

/** A bot of `count` integrations, each with a plugin that is bound to it, in one chain. */
export const chained = (count: number): string => `
  ${llm}
  ${repeat(count, provider)}
  ${installable}
  ${assistant}
  export const bot = new BotDefinition()
    ${repeat(count, (index) => `${added(index)}.addPlugin(assistant, { alias: 'assistant${index}', dependencies: { llm: 'provider${index}' } })`)}
`
