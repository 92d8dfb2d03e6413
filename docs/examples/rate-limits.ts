// #region declare
import { BotDefinition, IntegrationDefinition, IntegrationImplementation, messages, PlugboardError, z } from 'plugboard'

const pager = new IntegrationDefinition({
  name: 'pager',
  version: '1.0.0',
  rateLimits: {
    messages: [
      { limit: 30, per: 1000 },
      { limit: 1, per: 1000, scope: 'conversation' },
    ],
    actions: { search: [{ limit: 10, per: 60_000 }] },
  },
  configurations: {
    trial: { schema: z.object({}), rateLimits: { messages: [{ limit: 100, per: 86_400_000 }] } },
  },
  channels: { line: { messages: { text: messages.defaults.text } } },
  actions: {
    search: {
      input: { schema: z.object({ text: z.string() }) },
      output: { schema: z.object({ found: z.number() }) },
    },
  },
})
// #endregion
// #region told
/** What the platform answers, told in Plugboard's words. */
function refusedBy(response: Response): PlugboardError {
  const seconds = Number(response.headers.get('retry-after'))
  return new PlugboardError({
    code: 'vendor_rate_limited',
    message: 'the pager takes no more for now',
    retryable: true,
    retryAfter: seconds * 1000,
    retryScope: 'installation',
  })
}
// #endregion

const implemented = pager.implementedBy(async () => ({
  default: new IntegrationImplementation(pager, {
    actions: { search: async () => ({ found: 0 }) },
    channels: { line: { messages: { text: async () => {} } } },
  }),
}))
// #region install
const bot = new BotDefinition().addIntegration(implemented, {
  rateLimits: { messages: [{ limit: 5, per: 1000 }] },
})
// #endregion

const refused = refusedBy(new Response(null, { status: 429, headers: { 'retry-after': '7' } }))
if (refused.retryAfter !== 7000 || bot.integrations.length !== 1) throw new Error('that is not what was meant')
