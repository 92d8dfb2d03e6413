import type { WebClient } from '@slack/web-api'
import { PlugboardError } from 'plugboard'
import type { Content, Target } from './outgoing.ts'

/** Posts a message, and gives what Slack calls it. */
export async function post(api: WebClient, to: Target['to'], { text, blocks = [] }: Content): Promise<string> {
  // By its name, since the types of its function let nothing be put together, and know not every kind of block.
  const { ts } = (await api.apiCall('chat.postMessage', { ...to, text, ...(blocks.length > 0 && { blocks }) })) as {
    ts?: string
  }
  if (ts !== undefined) return ts
  throw new PlugboardError({
    code: 'vendor_failed',
    message: 'Slack does not say what it calls the message',
    retryable: true,
  })
}
