import telegram from '@plugboard/telegram'
import { BotDefinition } from 'plugboard'
const bot = new BotDefinition({})
bot.addIntegration(telegram, {
  alias: 'mainChannel',
  configuration: {
    botToken: process.env.TELEGRAM_BOT_TOKEN,
  },
})
// Add multiple instances
bot.addIntegration(telegram, {
  alias: 'supportChannel',
  configuration: {
    botToken: process.env.TELEGRAM_SUPPORT_BOT_TOKEN,
  },
})

export default bot
