import { IntegrationDefinition, messages, z } from 'plugboard'
import proactiveUser from 'plugboard/interfaces/proactive-user'

export default new IntegrationDefinition({
  name: 'pigeon',
  version: '0.1.0',
  title: 'Pigeon',
  description: 'Messages by pigeon: texts both ways, and people to whom the bot writes first.',
  configuration: {
    schema: z.object({
      /** From the page of the app: what the bot shows when it calls. */
      token: z.string().min(1),
      baseUrl: z.url().default('https://api.pigeon.example'),
    }),
  },
  secrets: { SIGNING_SECRET: { description: 'By which Pigeon signs what it sends.' } },
  rateLimits: {
    messages: [
      { limit: 30, per: 1000 },
      { limit: 1, per: 1000, scope: 'conversation' },
    ],
  },
  user: { tags: { id: { title: 'Person', identity: true } } },
  channels: {
    loft: {
      messages: { text: messages.defaults.text },
      message: { tags: { id: { title: 'Message' } } },
      conversation: { tags: { id: { title: 'Loft', identity: true } } },
    },
  },
  entities: { person: { schema: z.object({ id: z.string().min(1) }) } },
}).extend(proactiveUser, ({ entities }) => ({ entities: { user: entities.person } }))
