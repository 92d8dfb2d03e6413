import { IntegrationDefinition, z } from 'plugboard'
import hitl from 'plugboard/interfaces/hitl'

export default new IntegrationDefinition({
  name: 'desk',
  version: '0.1.0',
  title: 'Desk',
  description: 'A page on which people take conversations over: the bot serves it itself, without an account.',
  icon: 'icon.svg',
  readme: 'README.md',
  configuration: {
    schema: z.object({
      /** What the people who serve prove by that they may: whoever has it reads and answers every session. */
      key: z.string().min(16, 'a key has 16 characters or more'),
      /** What the page is headed with. Default: `Desk`. */
      title: z.string().min(1).max(80).default('Desk'),
    }),
  },
  user: {
    tags: {
      id: {
        title: 'Id',
        description: 'Made for each person who is helped; of one who serves, the name.',
        identity: true,
      },
      email: { title: 'E-mail', description: 'Where whoever handed the conversation over knew it.' },
    },
  },
  states: {
    session: {
      type: 'conversation',
      title: 'Session',
      description: 'What is asked of the people who serve, and how it stands.',
      schema: z.object({
        title: z.string(),
        description: z.string().optional(),
        /** Who needs help. */
        userId: z.string(),
        /** What was said before. */
        history: z.array(
          z.object({
            /** The user who wrote it; left out for the bot. */
            userId: z.string().optional(),
            type: z.string(),
            payload: z.record(z.string(), z.json()),
          }),
        ),
        /** The users who serve it. */
        served: z.array(z.string()),
      }),
    },
    lastWords: {
      type: 'conversation',
      title: 'Last words',
      description: 'What was said last in the session by those who are helped, shortened.',
      schema: z.object({ words: z.string() }),
    },
  },
  attributes: { category: 'hitl', page: '/' },
}).extend(hitl, () => ({
  entities: {},
  channels: {
    hitl: {
      conversation: {
        tags: {
          id: { title: 'Session', description: 'What tells the session from others.' },
          status: { title: 'Status', description: '`open` until it is over.' },
        },
      },
    },
  },
}))
