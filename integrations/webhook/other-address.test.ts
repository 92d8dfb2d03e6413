import { Webhook } from 'standardwebhooks'
import { afterEach, expect, it, vi } from 'vitest'
import { post, secretOf, shared, webhookBot, type WebhookBot } from './webhook-bot.fixture.ts'

const fetched: { url: string; options: { headers: Record<string, string>; body: string; allow: string[] } }[] = []
// No public address is reached from a test: what would go there is kept.
vi.mock('plugboard/security', async (original) => ({
  ...(await original<object>()),
  safeFetch: async (url: string, options: never) => {
    fetched.push({ url, options })
    return new Response(null, { status: 202 })
  },
}))
let bot: WebhookBot
afterEach(() => bot[Symbol.asyncDispose]())

it('what goes to another address than the endpoint is signed by its own secret, and not believed when it is sent back', async () => {
  const urlSecret = secretOf(5)
  const endpoint = { endpointUrl: 'http://10.0.0.1/hooks', endpointIsPrivate: true }
  bot = await webhookBot({ configuration: { ...endpoint, previousSecret: secretOf(2), urlSecret } })
  const output = await bot.send({ url: 'https://a.test/hooks', type: 'invoice.paid', data: { amount: 5 } })
  const [{ url, options } = { url: '', options: { headers: {}, body: '', allow: undefined } }] = fetched
  expect([url, options.allow, output.status]).toEqual(['https://a.test/hooks', [], 202])
  expect(new Webhook(urlSecret).verify(options.body, options.headers)).toMatchObject({ type: 'invoice.paid' })
  for (const secret of [shared, secretOf(2)])
    expect(() => new Webhook(secret).verify(options.body, options.headers)).toThrow('No matching signature')
  expect((await post(bot.url, { body: options.body, headers: options.headers })).status).toBe(401)
})
