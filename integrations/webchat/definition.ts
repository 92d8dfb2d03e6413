import { IntegrationDefinition, messages, z } from 'plugboard'
import messageState from 'plugboard/interfaces/message-state'
import proactiveConversation from 'plugboard/interfaces/proactive-conversation'
import proactiveUser from 'plugboard/interfaces/proactive-user'
import typingIndicator from 'plugboard/interfaces/typing-indicator'
import { settings } from './configuration.ts'

/** A text that a store can keep as a tag. */
const name = z.string().regex(/^[^\p{Cc}]+$/u)

export default new IntegrationDefinition({
  name: 'webchat',
  version: '0.1.0',
  title: 'Web chat',
  description:
    'A chat page that the bot serves itself, on its own or in any site: no account, no key, no script from elsewhere.',
  icon: 'icon.svg',
  readme: 'README.md',
  configuration: { schema: settings },
  channels: {
    channel: {
      title: 'Channel',
      description: 'A conversation of a visitor with the bot.',
      messages: messages.defaults,
      drafts: { every: 50 },
      message: {
        tags: {
          id: { title: 'Id', description: 'What the page calls the message, if the visitor wrote it; else its id.' },
          fileKey: { title: 'Key', description: "The file of the message among the bot's, if the visitor sent one." },
        },
      },
      conversation: {
        tags: {
          visitor: { title: 'Visitor', description: 'The id of the user whose conversation it is.', identity: true },
          id: {
            title: 'Id',
            description: 'Tells it from others of the visitor: `main`, what the bot calls it, or a random one.',
            identity: true,
          },
          title: { title: 'Title', description: 'How it began.' },
          unread: { title: 'Unread', description: '`true` if the visitor has not read the latest of it.' },
        },
      },
    },
  },
  user: {
    tags: {
      id: {
        title: 'Visitor',
        description: '`known:` and what the site calls the visitor; or made at random.',
        identity: true,
      },
    },
  },
  states: {
    session: {
      type: 'user',
      title: 'Session',
      description: 'What the tokens of a visitor are checked against.',
      schema: z.object({ digests: z.array(z.string()) }),
    },
  },
  entities: {
    visitor: {
      title: 'Visitor',
      description: 'Somebody whom the site knows, and vouches for with `identitySecret`.',
      schema: z.object({
        /** What the site calls the visitor: the `sub` of what it signs. */
        id: name.max(200),
      }),
    },
    place: {
      title: 'Conversation',
      description: 'A conversation of a visitor who has been here, or whom the site knows.',
      schema: z.object({
        /** The id of the user here, as in messages and events. */
        userId: name.max(100).optional(),
        /** In its place: what the site calls the visitor. */
        visitorId: name.max(200).optional(),
        /** What the bot calls the conversation, such as `order-17`. Default: `main`, where visitors begin. */
        id: name.max(100).optional(),
      }),
    },
  },
  events: {
    visitorTyping: {
      title: 'Visitor typing',
      description: 'A visitor is writing, or has stopped.',
      schema: z.object({ conversationId: z.string(), userId: z.string(), typing: z.boolean() }),
    },
  },
  actions: {
    shareFile: {
      title: 'Share file',
      description: "Lets the visitor of a conversation, and nobody else, see a file of the bot's, as it is now.",
      input: {
        schema: z.object({
          conversationId: z.string(),
          /** The key of the file. */
          key: z.string(),
          /** What the visitor reads as its name. Default: what follows the last slash of the key. */
          name: z.string().min(1).max(200).optional(),
        }),
      },
      output: {
        schema: z.object({
          /** For `imageUrl`, `audioUrl`, `videoUrl` or `fileUrl` of a message. */
          url: z.url(),
        }),
      },
    },
  },
  attributes: { category: 'channel', page: '/' },
})
  .extend(typingIndicator, () => ({ entities: {} }))
  .extend(proactiveUser, ({ entities }) => ({ entities: { user: entities.visitor } }))
  .extend(proactiveConversation, ({ entities }) => ({ entities: { conversation: entities.place } }))
  .extend(messageState, () => ({
    entities: {},
    capabilities: ['edit', 'delete', 'react', 'markAsRead', 'edits', 'reactions', 'receipts'],
  }))
