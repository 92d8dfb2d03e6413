import { IntegrationDefinition, z } from 'plugboard'
import messageState from 'plugboard/interfaces/message-state'
import proactiveConversation from 'plugboard/interfaces/proactive-conversation'
import proactiveUser from 'plugboard/interfaces/proactive-user'
import typingIndicator from 'plugboard/interfaces/typing-indicator'
import { actions } from './actions.ts'
import { ownApp, sharedApp } from './configuration.ts'
import { events } from './events.ts'
import { extractScript, fallbackHandlerScript } from './identifier.ts'
import { carried } from './messages.ts'

/** With or without a plus, as WhatsApp writes it: the code of the country first. */
const phoneNumber = z
  .string()
  .regex(/^\+?[1-9]\d{6,14}$/, 'a phone number has the code of its country first, and digits alone')

export default new IntegrationDefinition({
  name: 'whatsapp',
  version: '0.1.0',
  title: 'WhatsApp',
  description: 'A phone number of the WhatsApp Business Platform, by the Cloud API of Meta.',
  icon: 'icon.svg',
  readme: 'README.md',
  configuration: {
    title: 'Own app',
    description: 'A number with an app of its own.',
    schema: ownApp,
  },
  configurations: {
    sharedApp: {
      title: 'Shared app',
      description: 'One of several numbers of an app whose secret and verify token are secrets of the bot.',
      schema: sharedApp,
    },
  },
  secrets: {
    APP_SECRET: { description: 'For a shared app: App settings → Basic → App secret.', optional: true },
    VERIFY_TOKEN: { description: 'For a shared app: the text that Meta repeats, of your own.', optional: true },
  },
  identifier: { extractScript, fallbackHandlerScript },
  // Eighty messages a second for a number. To one person, one every six seconds, of which 45 may be borrowed.
  rateLimits: {
    messages: [
      { limit: 80, per: 1000 },
      { limit: 45, per: 270_000, scope: 'conversation' },
    ],
    actions: { sendTemplate: [{ limit: 80, per: 1000 }] },
  },
  channels: {
    direct: {
      title: 'Direct',
      description: 'A person alone with the number.',
      messages: carried,
      message: {
        tags: {
          id: {
            title: 'Message',
            description: 'What WhatsApp calls the message, or the first one where it became several.',
          },
          ids: {
            title: 'Parts',
            description: 'Of a message that became several: what WhatsApp calls those that are sent.',
          },
          replyTo: {
            title: 'Reply to',
            description: 'What WhatsApp calls the message that is answered. Set it to answer.',
          },
          forwarded: { title: 'Forwarded', description: '`true` if it was forwarded, `often` if it was many times.' },
          mediaId: { title: 'Media', description: 'What WhatsApp calls the file, for a week.' },
          fileKey: { title: 'Key', description: "The file among the bot's, where it is kept." },
          buttonOf: { title: 'Button of', description: 'What WhatsApp calls the message whose button was pressed.' },
          status: {
            title: 'Status',
            description: 'Of a message of the bot: `sent`, `delivered`, `read`, `played` or `failed`.',
          },
          reaction: {
            title: 'Reaction',
            description: 'The emoji with which the person reacted; empty if they took it back.',
          },
          ownReaction: {
            title: 'Own reaction',
            description: 'The emoji with which the bot reacted; empty if it took it back.',
          },
        },
      },
      conversation: {
        tags: {
          id: {
            title: 'Person',
            description: 'By what the person was known first: the number, or the user id.',
            identity: true,
          },
          phone: { title: 'Number', description: 'The number of the person, where WhatsApp tells it.' },
          userId: { title: 'User id', description: 'What WhatsApp calls the person for this business.' },
        },
      },
    },
  },
  user: {
    tags: {
      id: {
        title: 'Person',
        description: 'By what the person was known first: the number, or the user id.',
        identity: true,
      },
      phone: { title: 'Number', description: 'The number of the person, where WhatsApp tells it.' },
      userId: { title: 'User id', description: 'What WhatsApp calls the person for this business.' },
      username: { title: 'Name', description: 'The public name, where the person has one.' },
    },
  },
  states: {
    account: {
      type: 'integration',
      title: 'Account',
      description: 'The number, as WhatsApp knows it.',
      schema: z.object({ phoneNumber: z.string(), name: z.string().optional() }),
    },
    buttons: {
      type: 'conversation',
      title: 'Buttons',
      description: 'Values of buttons that are too long for WhatsApp, by their digest; the latest.',
      schema: z.object({ values: z.record(z.string(), z.string()) }),
    },
  },
  entities: {
    person: {
      title: 'Person',
      description: 'Somebody with a phone number. Whether it has WhatsApp, nobody tells before something is sent.',
      schema: z.object({ phoneNumber }),
    },
    place: {
      title: 'Place',
      description: 'The conversation with somebody who has a phone number.',
      schema: z.object({ phoneNumber }),
    },
  },
  actions,
  events,
  attributes: { category: 'channel' },
})
  .extend(typingIndicator, () => ({ entities: {} }))
  .extend(proactiveUser, ({ entities }) => ({ entities: { user: entities.person } }))
  .extend(proactiveConversation, ({ entities }) => ({ entities: { conversation: entities.place } }))
  .extend(messageState, () => ({ entities: {}, capabilities: ['react', 'markAsRead', 'reactions', 'receipts'] }))
