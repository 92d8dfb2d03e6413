import { createHmac } from 'node:crypto'
import github from '@plugboard/github'
import { BotDefinition, BotImplementation } from 'plugboard'
import { serve, type ServeOptions, startBot } from 'plugboard/runtime'
import { type Hub, own, owner, repository, tokens } from './hub.fixture.ts'

/** By what GitHub signs. */
export const webhookSecret = 'It is a secret to everybody'

/** How a bot reaches the repository of a test. */
export const configurationFor = ({ url }: Pick<Hub, 'url'>) => ({
  token: tokens[own] as string,
  owner,
  repository,
  apiUrl: url,
})

/** How a bot differs from time to time. */
export interface TriageOptions {
  readonly configuration?: object
  readonly configurationType?: 'app'
  /** What the bot answers to a text. Default: nothing. */
  readonly answer?: (text: string) => string | undefined
  readonly serve?: ServeOptions
}

/** A bot with the repository that is served, and notes what it hears. */
export async function triage(hub: Hub, { answer, configurationType, ...options }: TriageOptions = {}) {
  const messages: { text: string; tags: object; conversation: object; user: object }[] = []
  const events: { type: string; payload: Record<string, unknown>; isOfMessage: boolean }[] = []
  const configuration = options.configuration ?? { ...configurationFor(hub), webhookSecret }
  const definition = new BotDefinition({ name: 'triage' }).addIntegration(github, {
    configuration,
    ...(configurationType && { configurationType }),
  } as { configuration: ReturnType<typeof configurationFor> })
  const bot = new BotImplementation(definition)
  bot.on.message('*', async ({ message, conversation, user, client }) => {
    const { text } = message.payload as { text: string }
    const { channel, tags: place } = conversation
    messages.push({
      text,
      tags: message.tags,
      conversation: { channel, ...place },
      user: { name: user.name, ...user.tags },
    })
    const said = answer?.(text)
    if (said !== undefined)
      await client.createMessage({ conversationId: conversation.id, type: 'text', payload: { text: said } })
  })
  bot.on.event('*', async ({ event }) => {
    events.push({
      type: event.type.replace(/^github:/, ''),
      payload: event.payload as Record<string, unknown>,
      isOfMessage: event.messageId !== undefined,
    })
  })
  const log: string[] = []
  const served: { bot?: ReturnType<Parameters<typeof serve>[0]> } = {}
  const server = await serve(() => served.bot, { port: 0, ...options.serve })
  const running = await startBot(bot, {
    url: server.url,
    environment: {},
    log: (line) => void log.push(JSON.stringify(line)),
    retries: { delay: 5 },
  })
  served.bot = running
  return {
    running,
    messages,
    events,
    log,
    url: server.url,
    actions: running.actions.github,
    /** What happened to items. */
    told: () => events.filter(({ type }) => type.startsWith('item')).map(({ type }) => type),
    async [Symbol.asyncDispose]() {
      await server.close()
      await running.stop()
    },
  }
}
export type Triage = Awaited<ReturnType<typeof triage>>

/** What a webhook is made of. */
export interface Posted {
  readonly name: string
  readonly payload: object | string
  readonly delivery?: string
  readonly secret?: string
  /** In the place of the right headers; null leaves one out. */
  readonly headers?: Readonly<Record<string, string | null>>
  readonly path?: string
  readonly method?: string
}

/** The headers of a webhook of GitHub. */
export const headersOf = (name: string, body: string, delivery: string, secret = webhookSecret) => ({
  'content-type': 'application/json',
  'user-agent': 'GitHub-Hookshot/044aadd',
  'x-github-event': name,
  'x-github-delivery': delivery,
  'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
})

/** Posts a webhook as GitHub does. */
export async function post({ url }: Pick<Triage, 'url'>, { name, payload, headers, ...posted }: Posted) {
  const { delivery = '72d3162e-cc78-11e3-81ab-4c9367dc0958', secret = webhookSecret, path = '/github/webhook' } = posted
  const body = typeof payload === 'string' ? payload : JSON.stringify(payload)
  const all = { ...headersOf(name, body, delivery, secret), ...headers }
  const given = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== null)
  const { method = 'POST' } = posted
  return fetch(`${url}${path}`, {
    method,
    headers: Object.fromEntries(given),
    ...(method !== 'GET' && { body }),
  })
}

const bob = {
  login: 'bob',
  id: 21_031_067,
  node_id: 'MDQ6VXNlcjIx',
  avatar_url: 'https://avatars.test/bob',
  type: 'User',
}
const issue = {
  id: 444_500_041,
  node_id: 'MDU6SXNzdWU0NDQ1MDAwNDE=',
  number: 7,
  title: 'It crashes',
  user: bob,
  labels: [{ id: 1, name: 'bug', color: 'd73a4a' }],
  state: 'open',
  state_reason: null,
  locked: false,
  assignees: [],
  comments: 0,
  created_at: '2026-05-15T15:20:18Z',
  updated_at: '2026-05-15T15:20:18Z',
  html_url: 'https://github.com/ada/engine/issues/7',
  body: 'When it starts.',
}
const comment = {
  id: 492_700_400,
  node_id: 'MDEyOklzc3VlQ29tbWVudDQ5',
  html_url: 'https://github.com/ada/engine/issues/7#issuecomment-492700400',
  user: bob,
  body: 'Here too.',
  created_at: '2026-05-15T15:20:21Z',
}
const about = { repository: { id: 186_853_002, name: repository, full_name: `${owner}/${repository}` }, sender: bob }

/** The webhook `issues`, as the documentation shows it. */
export const ofIssue = (action: string, more: object = {}, changed: object = {}) => ({
  name: 'issues',
  payload: { action, issue: { ...issue, ...changed }, ...about, ...more },
})

/** The webhook `issue_comment`. */
export const ofComment = (action: string, changed: object = {}, ofThe: object = {}) => ({
  name: 'issue_comment',
  payload: { action, issue: { ...issue, ...ofThe }, comment: { ...comment, ...changed }, ...about },
})

/** The webhook `pull_request`. */
export const ofPull = (action: string, changed: object = {}) => ({
  name: 'pull_request',
  payload: {
    action,
    number: 9,
    pull_request: {
      number: 9,
      title: 'Mend it',
      body: null,
      user: bob,
      html_url: 'https://github.com/ada/engine/pull/9',
      ...changed,
    },
    ...about,
  },
})
