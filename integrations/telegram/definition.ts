import { IntegrationDefinition, z } from 'plugboard'
import messageState from 'plugboard/interfaces/message-state'
import proactiveConversation from 'plugboard/interfaces/proactive-conversation'
import proactiveUser from 'plugboard/interfaces/proactive-user'
import typingIndicator from 'plugboard/interfaces/typing-indicator'
import { actions } from './actions.ts'
import { settings } from './configuration.ts'
import { events } from './events.ts'
import { carried } from './messages.ts'

const message = {
  tags: {
    id: { title: 'Message', description: 'What Telegram calls the message, or the first one where it became several.' },
    ids: { title: 'Parts', description: 'Of a message that became several: what Telegram calls them all.' },
    replyTo: { title: 'Reply to', description: 'What Telegram calls the message that is answered. Set it to answer.' },
    forwarded: { title: 'Forwarded', description: '`true` if it was written elsewhere, and forwarded.' },
    albumId: { title: 'Album', description: 'The same for the pictures and videos that were sent together.' },
    fileId: { title: 'File', description: 'What Telegram calls the file, for this bot.' },
    fileKey: { title: 'Key', description: "The file among the bot's, where it is kept." },
    ownReaction: {
      title: 'Own reaction',
      description: 'The emoji with which the bot reacted; empty if it took it back.',
    },
    buttonOf: { title: 'Button of', description: 'What Telegram calls the message whose button was pressed.' },
  },
}
const conversation = {
  tags: {
    id: { title: 'Chat', description: 'The id of the chat, with a slash and the topic if it is one.', identity: true },
    chatId: { title: 'Chat', description: 'What Telegram calls the chat.' },
    threadId: { title: 'Topic', description: 'What Telegram calls the topic.' },
    title: { title: 'Title', description: 'What people call the chat.' },
    username: { title: 'Name', description: 'The public name of the chat, without @.' },
  },
}

export default new IntegrationDefinition({
  name: 'telegram',
  version: '0.1.0',
  title: 'Telegram',
  description: 'A bot of Telegram: messages of every kind, buttons, commands, groups and topics.',
  icon: 'icon.svg',
  readme: 'README.md',
  configuration: {
    title: 'Webhook',
    description: 'Telegram sends what happens to the address of the bot, which must be reached by https.',
    schema: z.object(settings),
  },
  configurations: {
    polling: {
      title: 'Polling',
      description: 'The bot asks Telegram what has happened: nothing has to be reached from outside.',
      schema: z.object(settings),
    },
  },
  // About thirty messages a second for a bot; a chat takes a short burst, and twenty a minute if it is a group.
  rateLimits: {
    messages: [
      { limit: 30, per: 1000 },
      { limit: 60, per: 60_000, scope: 'conversation' },
    ],
  },
  channels: {
    direct: {
      title: 'Direct',
      description: 'A person alone with the bot.',
      messages: carried,
      drafts: { every: 1000 },
      message,
      conversation,
    },
    group: {
      title: 'Group',
      description: 'A group, or a topic of one.',
      messages: carried,
      // Telegram takes some twenty messages and edits a minute in a group.
      drafts: { every: 4000 },
      message,
      conversation,
    },
    channel: {
      title: 'Channel',
      description: 'A channel of Telegram, where the bot is an administrator.',
      messages: carried,
      message,
      conversation,
    },
  },
  user: {
    tags: {
      id: { title: 'Person', description: 'What Telegram calls the person, or the chat that speaks.', identity: true },
      username: { title: 'Name', description: 'The public name, without @.' },
      language: { title: 'Language', description: 'The language of the app, as an IETF tag.' },
      isBot: { title: 'Bot', description: '`true` if it is a bot.' },
    },
  },
  states: {
    account: {
      type: 'integration',
      title: 'Account',
      description: 'The bot, as Telegram knows it.',
      schema: z.object({ id: z.string(), username: z.string().optional() }),
    },
    position: {
      type: 'integration',
      title: 'Position',
      description: 'What is asked for next when the bot polls, when it was known, and of which bot of Telegram.',
      schema: z.object({ next: z.number().int(), at: z.number(), bot: z.string().optional() }),
    },
    buttons: {
      type: 'conversation',
      title: 'Buttons',
      description: 'Values of buttons that are too long for Telegram, by their digest; the latest.',
      schema: z.object({ values: z.record(z.string(), z.string()) }),
    },
  },
  entities: {
    person: {
      title: 'Person',
      description: 'Somebody who has begun to talk with the bot: nobody else can be written to.',
      schema: z.object({
        /** What Telegram calls the person. */
        id: z.string().regex(/^\d{1,16}$/),
      }),
    },
    chat: {
      title: 'Chat',
      description: 'A person who has begun to talk with the bot, or a group or channel that it is in.',
      schema: z.object({
        /** What Telegram calls the chat; or its public name, with @. */
        chatId: z.string().regex(/^(?:-?\d{1,16}|@\w{1,32})$/),
        /** What Telegram calls the topic. Default: none. */
        threadId: z
          .string()
          .regex(/^\d{1,16}$/)
          .optional(),
      }),
    },
  },
  actions,
  events,
  attributes: { category: 'channel' },
})
  .extend(typingIndicator, () => ({ entities: {} }))
  .extend(proactiveUser, ({ entities }) => ({ entities: { user: entities.person } }))
  .extend(proactiveConversation, ({ entities }) => ({ entities: { conversation: entities.chat } }))
  // Telegram tells nobody of messages that are deleted.
  .extend(messageState, () => ({ entities: {}, capabilities: ['edit', 'delete', 'react', 'reactions'] }))
