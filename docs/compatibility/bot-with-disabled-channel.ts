import { BotDefinition } from 'plugboard'
import slackDefinition from './channels.ts'

const slack = slackDefinition.implementedBy(() => import('./channels-implementation.ts'))
const bot = new BotDefinition({})
bot.addIntegration(slack, {
  configuration: { botToken: process.env.SLACK_TOKEN },
  disabledChannels: ['dm'], // Only allow group channels
})

export default bot
