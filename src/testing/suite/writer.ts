import { PluginDefinition, PluginImplementation, z } from 'plugboard'

const definition = new PluginDefinition({
  name: 'writer',
  actions: {
    write: {
      input: { schema: z.object({ conversationId: z.string(), type: z.string(), payload: z.unknown() }) },
      output: { schema: z.object({ messageId: z.string() }) },
    },
  },
})

/** Writes as the bot: what a bot does in its handlers, whenever the suite wants it done. */
export default definition.implementedBy(async () => ({
  default: new PluginImplementation(definition, {
    actions: {
      write: async ({ input, client }) => {
        const { message } = await client.createMessage({ ...input, payload: input.payload as object })
        return { messageId: message.id }
      },
    },
  }),
}))
