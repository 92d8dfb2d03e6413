import whatsapp from '@plugboard/whatsapp'
import { BotDefinition } from 'plugboard'
import { hearingBot, type HearingBotOptions } from 'plugboard/testing'
import { accessToken, phoneNumberId } from './cloud-api-answers.fixture.ts'
import { appSecret, enveloped, signed, verifyToken } from './told.fixture.ts'

export type { Written } from 'plugboard/testing'

/** How the small bot differs from time to time. */
export interface SmallBotOptions extends HearingBotOptions {
  readonly apiUrl: string
  readonly configuration?: { accessToken?: string; phoneNumberId?: string; keepFiles?: boolean }
}

/** A bot that is served, and notes what it hears. */
export async function smallBot({ apiUrl, configuration: given, ...options }: SmallBotOptions) {
  const configuration = { phoneNumberId, accessToken, appSecret, verifyToken, apiUrl, ...given }
  const definition = new BotDefinition({ name: 'small' }).addIntegration(whatsapp, { configuration })
  const bot = await hearingBot(definition, options)
  const { running, url } = bot
  const post = (body: string, headers: Record<string, string> = signed(body)) =>
    fetch(`${url}/whatsapp/webhook`, { method: 'POST', headers, body })
  return {
    ...bot,
    actions: running.actions.whatsapp as unknown as Actions,
    post,
    /** Tells the bot, signed, and waits until it has done what it does with it. */
    async tell(...values: readonly object[]): Promise<number[]> {
      const statuses: number[] = []
      for (const value of values) statuses.push((await post(enveloped(value))).status)
      await running.idle()
      return statuses
    },
  }
}
type Actions = Record<string, (input: object, options?: object) => Promise<unknown>>
export type SmallBot = Awaited<ReturnType<typeof smallBot>>
