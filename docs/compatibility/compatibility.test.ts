import { beforeEach, describe, expect, it } from 'vitest'
import { BotDefinition, BotImplementation, IntegrationImplementation } from 'plugboard'
import { fetchHandler, startBot } from 'plugboard/runtime'
import anthropic from './anthropic.ts'
import attributes from './attributes.ts'
import botWithConfigurationType from './bot-with-configuration-type.ts'
import botWithDisabledChannel from './bot-with-disabled-channel.ts'
import botWithTwoTelegrams from './bot-with-two-telegrams.ts'
import bundling from './bundling.ts'
import identifier from './identifier.ts'
import secrets from './secrets.ts'
import secretsImplementation from './secrets-implementation.ts'
import states from './states.ts'
import telegram from './telegram.ts'
import { asked } from './telegram-api-client.ts'

// The examples of the documentation of the Botpress SDK, as they are but for the imports.
const environment = {
  PLUGBOARD_SECRET_MAIN_CHANNEL_SENTRY_DSN: 'https://sentry.test/1',
  PLUGBOARD_SECRET_SUPPORT_CHANNEL_SENTRY_DSN: 'https://sentry.test/2',
  PLUGBOARD_SECRET_TELEGRAM_SENTRY_DSN: 'https://sentry.test/3',
}
const update = { message: { message_id: 7, from: { id: 42, username: 'ada' }, chat: { id: 1001 }, text: 'hello' } }
const request = (path: string, body?: object) => ({
  method: 'POST',
  path,
  query: '',
  headers: {},
  ...(body && { body: JSON.stringify(body) }),
  rawBody: new Uint8Array(),
  signal: new AbortController().signal,
})

describe('the examples of the reference documentation', () => {
  beforeEach(() => void asked.splice(0))

  it('registers the telegram integration, answers its webhook and sends through its channel and its action', async () => {
    const bot = new BotDefinition({}).addIntegration(telegram, { configuration: { botToken: 'token' } })
    const implementation = new BotImplementation(bot)
    implementation.on.message('text', async ({ message, client, conversation, user }) => {
      await client.createMessage({
        conversationId: conversation.id,
        type: 'text',
        payload: { text: `${user.tags['username']} said ${message.payload.text}` },
      })
    })
    await using running = await startBot(implementation, { environment, url: 'https://bots.test', log: () => {} })
    expect(await running.receive('telegram', request('/webhook', update))).toEqual({ status: 200 })
    await running.idle()
    expect(await running.actions.telegram.sendMessage({ chatId: '5', text: 'hi' })).toEqual({ messageId: '3' })
    expect(asked).toEqual([
      { token: 'token', method: 'setWebhook', request: { url: 'https://bots.test/telegram/webhook' } },
      { token: 'token', method: 'sendMessage', request: { chat_id: '1001', text: 'ada said hello' } },
      { token: 'token', method: 'sendMessage', request: { chat_id: '5', text: 'hi' } },
    ])
  })

  it('stores a tag that is not declared, and warns of it', async () => {
    const lines: string[] = []
    const bot = new BotDefinition({}).addIntegration(telegram, { configuration: { botToken: 'token' } })
    await using running = await startBot(bot, { environment, log: ({ message }) => lines.push(message) })
    await running.receive('telegram', request('/webhook', update))
    const client = running.clientOf('telegram')
    const {
      items: [conversation],
    } = await client.listConversations()
    const {
      items: [message],
    } = await client.listMessages({ conversationId: conversation?.id ?? '' })
    expect(message?.tags).toEqual({ messageId: '7' })
    expect(lines).toContain(
      "tag 'messageId' of messages of channel 'channel' of integration 'telegram' is not declared",
    )
  })

  it('sends an image as text, since the implementation has no handler for images', async () => {
    const implementation = new BotImplementation(
      new BotDefinition({}).addIntegration(telegram, { configuration: { botToken: 'token' } }),
    )
    implementation.on.message('text', async ({ client, conversation }) => {
      await client.createMessage({
        conversationId: conversation.id,
        type: 'image',
        payload: { imageUrl: 'https://pictures.test/1.png' },
      })
    })
    await using running = await startBot(implementation, { environment, log: () => {} })
    await running.receive('telegram', request('/webhook', update))
    await running.idle()
    expect(asked.at(-1)?.request).toEqual({ chat_id: '1001', text: 'https://pictures.test/1.png' })
  })

  it('reports by name what the environment lacks for two installations', async () => {
    const failure = await startBot(botWithTwoTelegrams, { environment }).catch((error: unknown) => error)
    expect(failure).toMatchObject({
      problems: [
        { code: 'configuration_missing', path: 'mainChannel.configuration.botToken' },
        { code: 'configuration_missing', path: 'supportChannel.configuration.botToken' },
      ],
    })
  })

  it('knows what the anthropic integration became by a statement of extend()', () => {
    expect(anthropic.actions).toMatchObject({
      generateContent: { title: 'Generate Content with Claude', billable: true },
    })
    expect(
      anthropic.interfaces.map(({ interface: base, entities }) => [base.name, entities['modelRef']?.name]),
    ).toEqual([['llm', 'model']])
  })

  it('installs a channel less, and a configuration of another type', async () => {
    await expect(startBot(botWithDisabledChannel, { environment })).rejects.toMatchObject({
      problems: [{ code: 'configuration_missing', path: 'slack.configuration.botToken' }],
    })
    expect(botWithDisabledChannel.integrations[0]?.disabledChannels).toEqual(['dm'])
    await using running = await startBot(botWithConfigurationType, { environment })
    expect(running.installations).toMatchObject([{ alias: 'database', active: true }])
  })

  it('hands secrets to handlers', async () => {
    const read: unknown[] = []
    const handlers = secretsImplementation.handlers as never as {
      actions: { callApi(props: object): Promise<unknown> }
    }
    await handlers.actions.callApi({
      ctx: {
        secrets: {
          get API_SECRET() {
            read.push('API_SECRET')
            return 's'
          },
        },
      },
    })
    expect(read).toEqual(['API_SECRET'])
    const bot = new BotDefinition({}).addIntegration(
      secrets.implementedBy(async () => ({ default: new IntegrationImplementation(secrets, {}) })),
    )
    await using running = await startBot(bot, {
      environment: { PLUGBOARD_SECRET_MYINTEGRATION_API_SECRET: 'a', PLUGBOARD_SECRET_MYINTEGRATION_SENTRY_DSN: 'b' },
    })
    expect(running.installations).toMatchObject([{ active: true }])
  })

  it('keeps what the other definitions say, as data', () => {
    expect(states.states.authToken.type).toBe('integration')
    expect(attributes.attributes).toEqual({ category: 'Communication & Channels', featured: 'true', pricing: 'free' })
    expect(bundling.__advanced).toEqual({ esbuild: { external: ['some-native-module'], platform: 'node' } })
  })

  it('tells by an identifier for which installation a request is', async () => {
    const slack = identifier.implementedBy(async () => ({
      default: new IntegrationImplementation(identifier, {
        register: ({ client }) => client.configureIntegration({ identifier: 'U1' }),
        handler: async () => ({ status: 202 }),
      }),
    }))
    await using running = await startBot(new BotDefinition({}).addIntegration(slack), { environment: {} })
    const answers = ['U1', 'U2'].map(async (user) => {
      const body = JSON.stringify({ event: { user } })
      const request = new Request('http://host/_integrations/slack/webhook', { method: 'POST', body })
      const response = await fetchHandler(() => running)(request)
      return [response.status, await response.text()]
    })
    expect(await Promise.all(answers)).toEqual([
      [202, ''],
      [200, 'anonymous'],
    ])
  })
})
