import { IntegrationDefinition, z } from 'plugboard'
import creatable from 'plugboard/interfaces/creatable'
import hitl from 'plugboard/interfaces/hitl'
import listable from 'plugboard/interfaces/listable'
import messageState from 'plugboard/interfaces/message-state'
import proactiveConversation from 'plugboard/interfaces/proactive-conversation'
import proactiveUser from 'plugboard/interfaces/proactive-user'
import typingIndicator from 'plugboard/interfaces/typing-indicator'
import { actions } from './actions.ts'
import { byOAuth, bySocket, byToken } from './configuration.ts'
import { entities } from './entities.ts'
import { events } from './events.ts'
import { extractScript, fallbackHandlerScript } from './identifier.ts'
import { carried } from './messages.ts'
import { rateLimits } from './rate-limits.ts'
import { scopes } from './scopes.ts'
import { conversation, hitlTags, message } from './tags.ts'

export default new IntegrationDefinition({
  name: 'slack',
  version: '0.1.0',
  title: 'Slack',
  description: 'A bot of Slack: channels, direct messages and threads, blocks, commands, modals, files and reactions.',
  icon: 'icon.svg',
  readme: 'README.md',
  configuration: {
    title: 'Token',
    description: 'One workspace, in which the app was installed by hand.',
    schema: byToken,
  },
  configurations: {
    oauth: {
      title: 'OAuth',
      description: 'A workspace to which somebody gives access on a page of Slack.',
      schema: byOAuth,
    },
    socket: {
      title: 'Socket Mode',
      description: 'One workspace, over a connection that the bot opens: no address has to be reached by Slack.',
      schema: bySocket,
    },
  },
  secrets: {
    CLIENT_ID: { description: 'For OAuth: Basic Information → App Credentials → Client ID.', optional: true },
    CLIENT_SECRET: { description: 'For OAuth: Basic Information → App Credentials → Client Secret.', optional: true },
  },
  oauth: {
    configurations: ['oauth'],
    authorizationUrl: 'https://slack.com/oauth/v2/authorize',
    tokenUrl: 'https://slack.com/api/oauth.v2.access',
    scopes,
    scopeSeparator: ',',
    clientAuthentication: 'post',
    // Slack takes it only from apps that have it switched on, which cannot be undone and makes their secret worth less.
    pkce: false,
    tokenTypes: ['bot'],
  },
  identifier: { extractScript, fallbackHandlerScript },
  rateLimits,
  channels: {
    channel: {
      title: 'Channel',
      description: 'A channel, public or private, or a conversation of several people, beside its threads.',
      messages: carried,
      drafts: { every: 3000 },
      message,
      conversation,
    },
    dm: {
      title: 'Direct message',
      description: 'A person alone with the bot.',
      messages: carried,
      drafts: { every: 3000 },
      message,
      conversation,
    },
    thread: {
      title: 'Thread',
      description: 'The answers below a message, wherever that is.',
      messages: carried,
      drafts: { every: 3000 },
      message,
      conversation,
    },
  },
  user: {
    tags: {
      id: { title: 'Person', description: 'What Slack calls the person or bot.', identity: true },
      username: { title: 'Name', description: 'The name of the account.' },
      email: { title: 'E-mail', description: 'Where the app may read it.' },
      timezone: { title: 'Time zone', description: 'Such as `Europe/Berlin`.' },
      isBot: { title: 'Bot', description: '`true` if it is a bot.' },
    },
  },
  states: {
    account: {
      type: 'integration',
      title: 'Account',
      description: 'The bot, as Slack knows it.',
      schema: z.object({
        teamId: z.string(),
        userId: z.string(),
        botId: z.string().optional(),
        url: z.string().optional(),
      }),
    },
    buttons: {
      type: 'conversation',
      title: 'Buttons',
      description: 'Values of buttons and options that are too long for Slack, by their digest; the latest.',
      schema: z.object({ values: z.record(z.string(), z.string()) }),
    },
    typing: {
      type: 'conversation',
      title: 'Typing',
      description: 'Below which messages it is shown that an answer is being written.',
      schema: z.object({ below: z.array(z.string()) }),
    },
    session: {
      type: 'conversation',
      title: 'Session',
      description: 'How a session of people who take a conversation over stands.',
      schema: z.object({
        isOver: z.boolean(),
        /** The title, for the message that begins it. */
        title: z.string(),
        /** The users who serve it. */
        served: z.array(z.string()),
      }),
    },
  },
  entities,
  actions,
  events,
  attributes: { category: 'channel' },
})
  .extend(typingIndicator, () => ({ entities: {} }))
  .extend(proactiveUser, ({ entities }) => ({ entities: { user: entities.person } }))
  .extend(proactiveConversation, ({ entities }) => ({ entities: { conversation: entities.place } }))
  .extend(messageState, () => ({ entities: {}, capabilities: ['edit', 'delete', 'react', 'edits', 'reactions'] }))
  .extend(
    listable,
    ({ entities }) => ({ entities: { item: entities.channel }, actions: { listItems: { name: 'listChannels' } } }),
    { as: 'channels' },
  )
  .extend(
    creatable,
    ({ entities }) => ({
      entities: { item: entities.channel, draft: entities.channelDraft },
      actions: { createItem: { name: 'createChannel' } },
      events: { itemCreated: { name: 'channelCreated' } },
    }),
    { as: 'channels' },
  )
  .extend(
    listable,
    ({ entities }) => ({ entities: { item: entities.member }, actions: { listItems: { name: 'listUsers' } } }),
    { as: 'users' },
  )
  .extend(hitl, ({ entities }) => ({
    entities: { hitlSession: entities.desk },
    channels: { hitl: { message: { tags: message.tags }, conversation: { tags: hitlTags } } },
  }))
