import discord from '@plugboard/discord'
import { BotDefinition } from 'plugboard'
import { hearingBot, type HearingBotOptions, type Written } from 'plugboard/testing'
import { token } from './http-api.fixture.ts'
import { publicKey, signed, type Signing } from './interactions.fixture.ts'

export type { Written } from 'plugboard/testing'

/** How the small bot differs from time to time. */
export interface SmallBotOptions extends HearingBotOptions {
  readonly apiUrl: string
  readonly configuration?: {
    botToken?: string
    publicKey?: string
    commandsAsMessages?: boolean
    readMessages?: boolean
  }
  /** Whether it keeps a connection open. Default: false. */
  readonly gateway?: boolean
}

/** A bot that is served, and notes what it hears. */
export async function smallBot({ apiUrl, answer, gateway = false, configuration: given, ...options }: SmallBotOptions) {
  const configuration = { botToken: token, apiUrl, ...given }
  const small = new BotDefinition({ name: 'small' })
  const definition = gateway
    ? small.addIntegration(discord, { configurationType: 'gateway', configuration })
    : small.addIntegration(discord, { configuration: { publicKey, ...configuration } })
  const orders = new Map<string, Written>()
  const bot = await hearingBot(definition, {
    ...options,
    answer: (heard) => {
      const order = orders.get(heard.conversationId)
      return order ? [order] : (answer?.(heard) ?? [])
    },
  })
  const { running, url, messages, sent } = bot
  const client = running.clientOf('discord')
  const post = (body: string, { path = '/discord/webhook', ...signing }: Signing & { path?: string } = {}) =>
    fetch(`${url}${path}`, { method: 'POST', headers: signed(body, signing), body })
  return {
    ...bot,
    client,
    actions: running.actions.discord as unknown as Actions,
    /** Has the bot write in a conversation, and gives the id of the message once it is sent. */
    async say(conversationId: string, written: Written): Promise<string> {
      orders.set(conversationId, written)
      const { user } = await client.getOrCreateUser({ tags: { id: '1' } })
      await client.createMessage({ conversationId, userId: user.id, type: 'text', payload: { text: 'Write!' } })
      await running.idle()
      orders.delete(conversationId)
      // Nobody has said that on Discord.
      messages.pop()
      return sent.at(-1) ?? ''
    },
    /** Sends something to the webhook, signed. */
    post,
    /** Tells the bot what somebody did, and gives what it answers at once. */
    async tell(interaction: object): Promise<unknown> {
      const response = await post(JSON.stringify(interaction))
      if (response.status !== 200) throw new Error(`it was answered with ${response.status}: ${await response.text()}`)
      const text = await response.text()
      return text === '' ? undefined : JSON.parse(text)
    },
  }
}
type Actions = Record<string, (input: object) => Promise<unknown>>
export type SmallBot = Awaited<ReturnType<typeof smallBot>>
