// expected: Property 'messages' is missing in type '{ title: string; }' but required in type 'ChannelProps'
// code: channel_empty at definition
import { IntegrationDefinition } from 'plugboard'

new IntegrationDefinition({
  name: 'vendor',
  // @ts-expect-error a channel declares no messages
  channels: { chat: { title: 'Chat' } },
})
