import { IntegrationDefinition, z } from 'plugboard'
import messageState from 'plugboard/interfaces/message-state'
import proactiveConversation from 'plugboard/interfaces/proactive-conversation'
import proactiveUser from 'plugboard/interfaces/proactive-user'
import typingIndicator from 'plugboard/interfaces/typing-indicator'
import { actions } from './actions.ts'
import { byEndpoint, byGateway } from './configuration.ts'
import { events } from './events.ts'
import { extractScript } from './identifier.ts'
import { carried } from './messages.ts'
import { rateLimits } from './rate-limits.ts'

const message = {
  tags: {
    id: { title: 'Message', description: 'What Discord calls the message, or the first one where it became several.' },
    ids: { title: 'Parts', description: 'Of a message that became several: what Discord calls them all.' },
    replyTo: { title: 'Reply to', description: 'Set it to what Discord calls a message, to answer that.' },
    interactionId: {
      title: 'Interaction',
      description: 'Of what came by a command, button or form: what Discord calls that. Set it to answer it.',
    },
    buttonOf: { title: 'Button of', description: 'What Discord calls the message whose button was pressed.' },
    attachmentId: { title: 'File', description: 'What Discord calls the file.' },
  },
}
const conversation = {
  tags: {
    id: { title: 'Channel', description: 'What Discord calls the channel, direct message or thread.', identity: true },
    guildId: { title: 'Server', description: 'What Discord calls the server.' },
    parentId: { title: 'Parent', description: 'Of a thread: what Discord calls the channel that it is in.' },
    title: { title: 'Title', description: 'What people call the channel.' },
    person: { title: 'Person', description: 'Of a direct message: what Discord calls the person.' },
  },
}
const kinds = {
  channel: { title: 'Channel', description: 'A channel of a server.' },
  dm: { title: 'Direct message', description: 'A person alone with the bot, or a few people among themselves.' },
  thread: { title: 'Thread', description: 'A thread of a channel, or a post of a forum.' },
}
const snowflake = z.string().regex(/^\d{1,20}$/)
const interaction = z.object({
  id: z.string(),
  applicationId: z.string(),
  token: z.string(),
  /** Milliseconds since 1970. */
  until: z.number(),
  /** Whether Discord shows that an answer is to come, and it has not come. */
  isOpen: z.boolean(),
  /** Whether the bot is not where this came from, and can only answer. */
  isGuest: z.boolean(),
})

export default new IntegrationDefinition({
  name: 'discord',
  version: '0.1.0',
  title: 'Discord',
  description:
    'An application of Discord: messages, commands, buttons, lists and forms, embeds and files, threads and reactions.',
  icon: 'icon.svg',
  readme: 'README.md',
  configuration: {
    title: 'Interactions endpoint',
    description:
      'Discord sends commands, presses of buttons and forms to the address of the bot, which must be reached by https.',
    schema: byEndpoint,
  },
  configurations: {
    gateway: {
      title: 'Gateway',
      description:
        'The bot keeps a connection open, over which Discord tells it everything: what people write, change and react, too.',
      schema: byGateway,
    },
  },
  identifier: { extractScript },
  rateLimits,
  channels: {
    channel: { ...kinds.channel, messages: carried, drafts: { every: 3000 }, message, conversation },
    dm: { ...kinds.dm, messages: carried, drafts: { every: 3000 }, message, conversation },
    thread: { ...kinds.thread, messages: carried, drafts: { every: 3000 }, message, conversation },
  },
  user: {
    tags: {
      id: { title: 'Person', description: 'What Discord calls the person.', identity: true },
      username: { title: 'Name', description: 'The name of the account.' },
      language: { title: 'Language', description: 'The language of the app, as an IETF tag.' },
      isBot: { title: 'Bot', description: '`true` if it is a bot.' },
    },
  },
  states: {
    account: {
      type: 'integration',
      title: 'Account',
      description: 'The application, as Discord knows it.',
      schema: z.object({ applicationId: z.string(), userId: z.string() }),
    },
    session: {
      type: 'integration',
      title: 'Session',
      description: 'Where the connection to the gateway goes on.',
      schema: z.object({
        session: z.object({ id: z.string(), url: z.string(), sequence: z.number().int() }).optional(),
      }),
    },
    asked: {
      type: 'conversation',
      title: 'Asked',
      description: 'What can be answered: the latest commands, presses and forms, by their ids.',
      schema: z.record(z.string(), interaction.optional()),
    },
    buttons: {
      type: 'conversation',
      title: 'Buttons',
      description:
        'Values of buttons and options that are too long for Discord, and forms, by their digest; the latest.',
      schema: z.object({ values: z.record(z.string(), z.string()) }),
    },
  },
  entities: {
    person: {
      title: 'Person',
      description: 'Somebody who has an account.',
      schema: z.object({
        /** What Discord calls the person. */
        id: snowflake,
      }),
    },
    place: {
      title: 'Place',
      description: 'A channel or thread in which the bot may write, or the direct messages of a person.',
      schema: z.object({
        kind: z.enum(['channel', 'person']),
        /** What Discord calls the channel, thread or person. */
        id: snowflake,
      }),
    },
  },
  actions,
  events,
  attributes: { category: 'channel' },
})
  .extend(typingIndicator, () => ({ entities: {} }))
  .extend(proactiveUser, ({ entities }) => ({ entities: { user: entities.person } }))
  .extend(proactiveConversation, ({ entities }) => ({ entities: { conversation: entities.place } }))
  .extend(messageState, () => ({ entities: {}, capabilities: ['edit', 'delete', 'react', 'edits', 'reactions'] }))
