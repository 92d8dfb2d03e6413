import { IntegrationDefinition, messages, z } from 'plugboard'
import crud from 'plugboard/interfaces/crud'
import proactiveConversation from 'plugboard/interfaces/proactive-conversation'
import { actions } from './actions.ts'
import { byApp, byToken } from './configuration.ts'
import { events } from './events.ts'
import { extractScript, fallbackHandlerScript } from './identifier.ts'
import { changes, draft, issue } from './issue.ts'

const { text, markdown, image } = messages.defaults
/** What a comment can be. All else becomes a text. */
const carried = { text, markdown, image }

const message = {
  tags: {
    id: { title: 'Comment', description: 'What GitHub calls the comment; `issue` for what the issue itself says.' },
    ids: { title: 'Parts', description: 'Of a message that became several comments: what GitHub calls them all.' },
    url: { title: 'Address', description: 'Where people look at it.' },
  },
}
const conversation = {
  tags: {
    id: { title: 'Number', description: 'The number of the issue or pull request.', identity: true },
    title: { title: 'Title', description: 'What it is called.' },
    url: { title: 'Address', description: 'Where people look at it.' },
  },
}

// What GitHub takes of new content, which it tells of in its pages on limits.
const content = [
  { limit: 80, per: 60_000 },
  { limit: 500, per: 3_600_000 },
] as const

export default new IntegrationDefinition({
  name: 'github',
  version: '0.1.0',
  title: 'GitHub',
  description: 'The issues of a repository as items, and its issues and pull requests as conversations.',
  icon: 'icon.svg',
  readme: 'README.md',
  configuration: {
    title: 'Personal access token',
    description: 'As a person, best one that is there for the bot alone.',
    schema: byToken,
  },
  configurations: {
    app: {
      title: 'GitHub App',
      description: 'As an app that is installed where the repository is.',
      schema: byApp,
    },
  },
  identifier: { extractScript, fallbackHandlerScript },
  rateLimits: {
    messages: content,
    actions: { createItem: content, comment: content, searchIssues: [{ limit: 30, per: 60_000 }] },
  },
  channels: {
    issue: {
      title: 'Issue',
      description: 'An issue: what it says and its comments are the messages.',
      messages: carried,
      message,
      conversation,
    },
    pullRequest: {
      title: 'Pull request',
      description: 'A pull request: what it says and the comments of its conversation are the messages.',
      messages: carried,
      message,
      conversation,
    },
  },
  user: {
    tags: {
      id: { title: 'Account', description: 'What GitHub calls the account, by a number.', identity: true },
      login: { title: 'Name', description: 'The name of the account, without @.' },
      isBot: { title: 'Bot', description: '`true` if it is a bot.' },
    },
  },
  states: {
    account: {
      type: 'integration',
      title: 'Account',
      description: 'The name under which the bot writes.',
      schema: z.object({ login: z.string() }),
    },
  },
  entities: {
    issue: { title: 'Issue', schema: issue },
    draft: { title: 'Draft', description: 'What an issue is created from.', schema: draft },
    thread: {
      title: 'Thread',
      description: 'An issue or pull request, as a place to write in.',
      schema: z.object({ number: z.number().int().positive() }),
    },
    changes: { title: 'Changes', description: 'What is to be different in an issue.', schema: changes },
  },
  actions,
  events,
  attributes: { category: 'channel' },
})
  .extend(crud, ({ entities }) => ({
    entities: { item: entities.issue, draft: entities.draft, changes: entities.changes },
  }))
  .extend(proactiveConversation, ({ entities }) => ({ entities: { conversation: entities.thread } }))
