import { IntegrationDefinition, IntegrationImplementation, z } from 'plugboard'

/** A channel that remembers what was sent. */
export function chat() {
  const sent: string[] = []
  const definition = new IntegrationDefinition({
    name: 'chat',
    channels: {
      room: {
        messages: {
          text: { schema: z.object({ text: z.string() }) },
          image: { schema: z.object({ imageUrl: z.string() }) },
        },
      },
    },
  })
  const installable = definition.implementedBy(async () => ({
    default: new IntegrationImplementation(definition, {
      channels: {
        room: { messages: { text: async ({ payload }) => void sent.push(payload.text), image: async () => {} } },
      },
    }),
  }))
  return Object.assign(installable, { sent })
}
