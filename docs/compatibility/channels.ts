import { IntegrationDefinition, z } from 'plugboard'

export default new IntegrationDefinition({
  name: 'slack',
  configuration: { schema: z.object({ botToken: z.string() }) },
  channels: {
    dm: {
      title: 'Direct Messages',
      messages: {
        text: { schema: z.object({ text: z.string() }) },
        image: { schema: z.object({ imageUrl: z.string() }) },
        file: { schema: z.object({ fileUrl: z.string() }) },
      },
    },
    group: {
      title: 'Group Chats',
      messages: {
        text: { schema: z.object({ text: z.string() }) },
      },
    },
  },
})
