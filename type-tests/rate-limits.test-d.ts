import { expectTypeOf } from 'expect-type'
import { BotDefinition, IntegrationDefinition, PlugboardError, type RateLimit, type RateLimits, z } from 'plugboard'
import { installable } from './fixtures/installable.ts'

const io = { schema: z.object({}) }
const pager = new IntegrationDefinition({
  name: 'pager',
  rateLimits: {
    messages: [
      { limit: 30, per: 1000 },
      { limit: 1, per: 1000, scope: 'conversation' },
    ],
    actions: { page: [{ limit: 1, per: 1000, scope: 'integration' }], '*': [{ limit: 10, per: 1000 }] },
  },
  configuration: { schema: z.object({ key: z.string() }), rateLimits: { messages: [{ limit: 5, per: 1000 }] } },
  actions: { page: { input: io, output: io } },
})
expectTypeOf(pager.rateLimits).toEqualTypeOf<RateLimits>()
expectTypeOf<RateLimit['scope']>().toEqualTypeOf<'installation' | 'integration' | 'conversation' | undefined>()
expectTypeOf<NonNullable<RateLimits['actions']>[string][number]['scope']>().toEqualTypeOf<
  'installation' | 'integration' | undefined
>()

// Who installs it may lower them, beside the rest.
const bot = new BotDefinition().addIntegration(installable(pager), {
  alias: 'mine',
  configuration: { key: 'k' },
  rateLimits: { messages: [{ limit: 1, per: 1000 }] },
})
expectTypeOf<keyof (typeof bot)['$types']['integrations']>().toEqualTypeOf<'mine'>()

const error = new PlugboardError({ code: 'vendor_rate_limited', message: 'wait', retryScope: 'conversation' })
expectTypeOf(error.retryScope).toEqualTypeOf<'conversation' | 'installation' | undefined>()
