// expected: channel 'direct' of interface 'feed': the name 'group' is taken by another channel of the interface
// code: member_name_taken at definition
import { IntegrationDefinition, InterfaceDefinition, z } from 'plugboard'

const feed = new InterfaceDefinition({
  name: 'feed',
  events: { added: { schema: () => z.object({}) }, removed: { schema: () => z.object({}) } },
  channels: {
    direct: { messages: { text: { schema: () => z.object({ text: z.string() }) } } },
    group: { messages: { text: { schema: () => z.object({ text: z.string() }) } } },
  },
})
new IntegrationDefinition({ name: 'vendor' }).extend(feed, () => ({
  entities: {},
  // @ts-expect-error a channel is renamed onto another one of the interface
  channels: { direct: { name: 'group' } },
}))
