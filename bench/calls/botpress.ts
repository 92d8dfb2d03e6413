import * as sdk from '@botpress/sdk'
import { answer, type Answer, type Given, type Parsed } from './work.ts'

const integration = new sdk.Integration({
  register: async () => {},
  unregister: async () => {},
  handler: async () => {},
  channels: {},
  actions: { generateContent: async ({ input }: { input: Parsed }) => answer(input) },
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
 * The way that a call takes through its server, without the network: a request with headers and a body, its handler, a response.
 * It validates neither input nor output; the default is filled in here, where its caller would have parsed.
 */
export async function callBotpress(given: Given): Promise<Answer> {
  const body = JSON.stringify({ type: 'generateContent', input: { temperature: 1, ...given } })
  const response = await integration.handler({ method: 'POST', path: '/', query: '', headers, body })
  if (response?.status !== 200 || response.body === undefined) throw new Error(`The handler failed: ${response?.body}`)
  return (JSON.parse(response.body) as { output: Answer }).output
}
