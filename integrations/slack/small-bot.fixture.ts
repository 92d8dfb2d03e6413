import slack from '@plugboard/slack'
import { BotDefinition } from 'plugboard'
import { hearingBot, type HearingBotOptions } from 'plugboard/testing'
import { enveloped, signed, type Signing, signingSecret } from './requests.fixture.ts'
import { appToken } from './socket/socket-mode.fixture.ts'
import { token } from './web-api.fixture.ts'

export type { Written } from 'plugboard/testing'

/** How the small bot differs from time to time. */
export interface SmallBotOptions extends HearingBotOptions {
  readonly apiUrl: string
  readonly configuration?: {
    botToken?: string
    appToken?: string
    answerInThreads?: boolean
    hearBots?: boolean
    supportChannel?: string
  }
  /** Whether it opens a connection. Default: false, so that Slack calls it. */
  readonly socket?: boolean
}

/** A bot that is served, and notes what it hears. */
export async function smallBot({ apiUrl, socket = false, configuration: given, ...options }: SmallBotOptions) {
  const common = { botToken: token, apiUrl }
  const small = new BotDefinition({ name: 'small' })
  const definition = socket
    ? small.addIntegration(slack, {
        configurationType: 'socket',
        configuration: { ...common, appToken, ...given },
      })
    : small.addIntegration(slack, { configuration: { ...common, signingSecret, ...given } })
  const bot = await hearingBot(definition, options)
  const { running, url } = bot
  const post = (body: string, { path = '/slack/webhook', ...signing }: Signing & { path?: string } = {}) =>
    fetch(`${url}${path}`, { method: 'POST', headers: signed(body, signing), body })
  return {
    ...bot,
    client: running.clientOf('slack'),
    actions: running.actions.slack as unknown as Actions,
    /** Sends something to the webhook, signed as Slack signs it unless told otherwise. */
    post,
    /** Tells of events, each when the bot has nothing else to do. Gives the statuses. */
    async tell(...told: readonly object[]): Promise<number[]> {
      const statuses: number[] = []
      for (const event of told) {
        statuses.push((await post(enveloped(event))).status)
        await running.idle()
      }
      return statuses
    },
  }
}
type Actions = Record<string, (input: object, options?: object) => Promise<unknown>>
export type SmallBot = Awaited<ReturnType<typeof smallBot>>
