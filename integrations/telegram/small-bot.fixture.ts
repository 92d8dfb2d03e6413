import telegram from '@plugboard/telegram'
import { BotDefinition } from 'plugboard'
import { hearingBot, type HearingBotOptions } from 'plugboard/testing'
import { token } from './bot-api.fixture.ts'

export type { Written } from 'plugboard/testing'

/** How the small bot differs from time to time. */
export interface SmallBotOptions extends HearingBotOptions {
  readonly apiUrl: string
  readonly configuration?: { botToken?: string; keepFiles?: boolean; commandsAsMessages?: boolean }
  readonly polling?: boolean
  readonly enabled?: boolean
}

/** A bot that is served, and notes what it hears. */
export async function smallBot({ apiUrl, polling, enabled = true, configuration: given, ...options }: SmallBotOptions) {
  const configuration = { botToken: token, apiUrl, ...given }
  const small = new BotDefinition({ name: 'small' })
  const definition = polling
    ? small.addIntegration(telegram, { configurationType: 'polling', configuration, enabled })
    : small.addIntegration(telegram, { configuration, enabled })
  const bot = await hearingBot(definition, options)
  return { ...bot, actions: bot.running.actions.telegram as unknown as Actions }
}
type Actions = Record<string, (input: object) => Promise<unknown>>
export type SmallBot = Awaited<ReturnType<typeof smallBot>>

const ada = { id: 1111, is_bot: false, first_name: 'Ada', last_name: 'Lovelace', username: 'ada', language_code: 'en' }

/** A message of a person alone with the bot, as the documentation shows it. */
export const fromAda = (content: object, message_id = 1365) => ({
  message: {
    message_id,
    from: ada,
    chat: { id: 1111, first_name: 'Ada', last_name: 'Lovelace', username: 'ada', type: 'private' },
    date: 1_790_000_000,
    ...content,
  },
})

/** A message in a group. */
export const inGroup = (content: object, message_id = 77) => ({
  message: {
    message_id,
    from: ada,
    chat: { id: -1002, title: 'Plugs', type: 'supergroup', is_forum: true },
    date: 1_790_000_000,
    ...content,
  },
})

/** The press of a button. */
export const pressed = (data: string, message_id: number) => ({
  callback_query: {
    id: '4382bfdwdsb323b2d9',
    from: ada,
    message: {
      message_id,
      from: { id: 4_839_574_812, is_bot: true, first_name: 'Plug', username: 'plug_test_bot' },
      chat: { id: 1111, first_name: 'Ada', last_name: 'Lovelace', username: 'ada', type: 'private' },
      date: 1_790_000_000,
      text: 'choose',
    },
    chat_instance: '42a',
    data,
  },
})
