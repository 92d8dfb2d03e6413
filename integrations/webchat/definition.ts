import { IntegrationDefinition, messages, z } from 'plugboard'

const { text, image, choice, card } = messages.defaults

/** Scheme, host and port as browsers write them. */
const origin = z.string().refine((url) => /^https?:/.test(url) && URL.canParse(url) && new URL(url).origin === url, {
  error: 'write scheme, host and port alone, such as https://www.example.com',
})

export default new IntegrationDefinition({
  name: 'webchat',
  version: '0.1.0',
  title: 'Web chat',
  description: 'A chat page that the bot serves itself: no account, no key, no script from elsewhere.',
  icon: 'icon.svg',
  readme: 'README.md',
  configuration: {
    schema: z.object({
      /** What the page is headed with, and the name that the bot goes by. Default: `Chat`. */
      title: z.string().min(1).max(80).default('Chat'),
      /** What the page says first. It is no message: the bot does not know of it. Default: nothing. */
      greeting: z.string().min(1).max(2000).optional(),
      /** Other sites that may call the endpoints and frame the page, such as `https://www.example.com`. Default: none. */
      allowedOrigins: z.array(origin).default([]),
    }),
  },
  channels: {
    channel: {
      title: 'Channel',
      description: 'The conversation of a visitor with the bot.',
      messages: { text, image, choice, card },
      drafts: { every: 50 },
      message: {
        tags: {
          id: { title: 'Id', description: 'What the page calls the message, if the visitor wrote it; else its id.' },
        },
      },
      conversation: {
        tags: { id: { title: 'Visitor', description: 'The id of the user whose conversation it is.', identity: true } },
      },
    },
  },
  user: { tags: { id: { title: 'Visitor', description: 'Made at random for each session.', identity: true } } },
  states: {
    session: {
      type: 'user',
      title: 'Session',
      description: 'What the token of a visitor is checked against.',
      schema: z.object({ digest: z.string() }),
    },
  },
  attributes: { page: '/' },
})
