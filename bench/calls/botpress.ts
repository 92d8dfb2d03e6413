import * as sdk from '@botpress/sdk'
import { response as answer } from './conversation.ts'

const integration = new sdk.Integration({
  register: async () => {},
  unregister: async () => {},
  handler: async () => {},
  channels: {},
  actions: {
    generateContent: async () => answer,
    measure: async ({ input }: { input: { text: string } }) => ({ length: input.text.length }),
  },
})

/** The headers that a request to an integration carries. */
const headers = {
  'x-bot-id': 'bot',
  'x-bot-user-id': 'user',
  'x-integration-id': 'integration',
  'x-integration-alias': 'llm',
  'x-webhook-id': 'webhook',
  'x-bp-operation': 'action_triggered',
  'x-bp-configuration': Buffer.from(JSON.stringify({ apiKey: 'key' })).toString('base64'),
}

/**
 * The way of a call through its server, without the network: a request of headers and a body, the handler, a response.
 * Neither input nor output is validated on it.
 */
export async function callBotpress(type: 'generateContent' | 'measure', input: object): Promise<unknown> {
  const body = JSON.stringify({ type, input })
  const response = await integration.handler({ method: 'POST', path: '/', query: '', headers, body })
  if (response?.status !== 200 || response.body === undefined) throw new Error(`The handler failed: ${response?.body}`)
  return (JSON.parse(response.body) as { output: unknown }).output
}
