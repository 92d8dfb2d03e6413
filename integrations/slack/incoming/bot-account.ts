import type { SlackProps } from '../props.ts'
import type { GivenMessage } from './envelope.ts'

/** The bot, as Slack knows it. */
export class BotAccount {
  readonly userId: string
  readonly #botId: string | undefined

  private constructor(userId: string, botId: string | undefined) {
    this.userId = userId
    this.#botId = botId
  }

  /** As it was when the installation was registered. */
  static async of({ client }: Pick<SlackProps, 'client'>): Promise<BotAccount> {
    const { state } = await client.getState({ name: 'account' })
    return new BotAccount(state?.payload.userId ?? '', state?.payload.botId)
  }

  /** Whether the bot has written a message. */
  isOwn({ user, bot_id }: Pick<GivenMessage, 'user' | 'bot_id'>): boolean {
    return user === this.userId || (bot_id !== undefined && bot_id === this.#botId)
  }

  /** Whether what somebody writes is none of the bot's business: its own words, and those of other bots unless they are wanted. */
  isUnheard(message: Pick<GivenMessage, 'user' | 'bot_id' | 'subtype'>, hearBots: boolean): boolean {
    const isOfBot = message.bot_id !== undefined || message.subtype === 'bot_message'
    return this.isOwn(message) || (isOfBot && !hearBots)
  }

  isMentionedIn(text: string): boolean {
    return this.userId !== '' && text.includes(`<@${this.userId}>`)
  }
}
