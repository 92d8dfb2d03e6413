// expected: event 'added' of interface 'feed': the name 'changed' is taken by another event of the interface
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
  // @ts-expect-error two events are renamed onto one name
  events: { added: { name: 'changed' }, removed: { name: 'changed' } },
}))
