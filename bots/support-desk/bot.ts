import anthropic from '@plugboard/anthropic'
import desk from '@plugboard/desk'
import google from '@plugboard/google'
import openai from '@plugboard/openai'
import scripted from '@plugboard/scripted'
import slack from '@plugboard/slack'
import telegram from '@plugboard/telegram'
import webchat from '@plugboard/webchat'
import { BotDefinition, env } from 'plugboard'
import assistant from 'plugboard/plugins/assistant'
import hitl from 'plugboard/plugins/hitl'
import { rules } from './rules.ts'

/** What has channels is asked for its key when the bot starts: it is there once it has one. */
const isSet = (name: string): boolean => (process.env[name] ?? '') !== ''

/** Answers people, and hands them over to a human where they want one. Without a key it is rules that answer, and a page of its own on which humans serve. */
export default new BotDefinition({
  name: 'support-desk',
  title: 'Support',
  defaults: { llm: 'scripted', hitl: 'desk' },
})
  .addIntegration(webchat, {
    configuration: { title: 'Support', greeting: 'Hello! Ask me anything, or write /human to talk to somebody.' },
  })
  .addIntegration(telegram, {
    configurationType: 'polling',
    configuration: { botToken: env('TELEGRAM_BOT_TOKEN'), apiUrl: env('TELEGRAM_API_URL') },
    enabled: isSet('TELEGRAM_BOT_TOKEN'),
  })
  .addIntegration(desk, { configuration: { title: 'Support desk', key: env('SUPPORT_DESK_KEY') } })
  // Humans alone are there: what else is written in Slack is none of this bot's business.
  .addIntegration(slack, {
    configuration: {
      botToken: env('SLACK_BOT_TOKEN'),
      signingSecret: env('SLACK_SIGNING_SECRET'),
      supportChannel: env('SLACK_SUPPORT_CHANNEL'),
      apiUrl: env('SLACK_API_URL'),
    },
    disabledChannels: ['channel', 'dm', 'thread'],
    enabled: isSet('SLACK_BOT_TOKEN'),
  })
  .addIntegration(scripted, { configuration: { rules } })
  .addIntegration(openai, { configuration: { apiKey: env('OPENAI_API_KEY'), baseUrl: env('OPENAI_BASE_URL') } })
  .addIntegration(anthropic, {
    configuration: { apiKey: env('ANTHROPIC_API_KEY'), baseUrl: env('ANTHROPIC_BASE_URL') },
  })
  .addIntegration(google, { configuration: { apiKey: env('GOOGLE_API_KEY'), baseUrl: env('GOOGLE_BASE_URL') } })
  // Before whatever answers: it decides who does.
  .addPlugin(hitl, { configuration: { startCommand: '/human', title: 'Somebody needs help' } })
  .addPlugin(assistant, {
    configuration: {
      systemPrompt:
        'You answer the customers of a shop that sells lamps. Be friendly and brief. Where you cannot help, or they ask for somebody, call a human.',
    },
    tools: [{ action: 'hitl:startHitl', name: 'call_human' }],
  })
