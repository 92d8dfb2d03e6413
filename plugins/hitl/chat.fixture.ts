import { IntegrationDefinition, IntegrationImplementation, messages, z } from 'plugboard'

const { text, image, file } = messages.defaults

/** A channel that remembers what was sent, as texts where it is one. */
export function chat() {
  const sent: unknown[] = []
  const definition = new IntegrationDefinition({
    name: 'chat',
    channels: {
      room: { messages: { text, image, file, sticker: { schema: z.object({ sticker: z.string() }) } } },
    },
  })
  const keep = async ({ payload }: { payload: object }) => void sent.push('text' in payload ? payload.text : payload)
  const installable = definition.implementedBy(async () => ({
    default: new IntegrationImplementation(definition, {
      channels: { room: { messages: { text: keep, image: keep, file: keep, sticker: keep } } },
    }),
  }))
  return Object.assign(installable, { sent })
}
