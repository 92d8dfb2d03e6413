import { expectTypeOf } from 'expect-type'
import { IntegrationDefinition, IntegrationImplementation, PluginDefinition, PluginImplementation } from 'plugboard'

const integration = new IntegrationDefinition({
  name: 'mailbox',
  secrets: {
    API_KEY: { description: 'Of the account.' },
    SIGNING_SECRET: { optional: true },
    OTHER: { optional: false },
  },
})
new IntegrationImplementation(integration, {
  handler: async ({ ctx }) => {
    expectTypeOf(ctx.secrets).toEqualTypeOf<{
      readonly API_KEY: string
      readonly SIGNING_SECRET: string | undefined
      readonly OTHER: string
    }>()
  },
})

const plugin = new PluginDefinition({ name: 'reader', secrets: { TOKEN: {}, SECOND: { optional: true } } })
new PluginImplementation(plugin).on.message('text', async ({ ctx }) => {
  expectTypeOf(ctx.secrets).toEqualTypeOf<{ readonly TOKEN: string; readonly SECOND: string | undefined }>()
})

new IntegrationImplementation(new IntegrationDefinition({ name: 'open' }), {
  handler: async ({ ctx }) => {
    expectTypeOf(ctx.secrets).toEqualTypeOf<{}>()
  },
})
