import { join } from 'node:path'
import anthropic from '@plugboard/anthropic'
import desk from '@plugboard/desk'
import google from '@plugboard/google'
import localFiles from '@plugboard/local-files'
import openai from '@plugboard/openai'
import scripted from '@plugboard/scripted'
import slack from '@plugboard/slack'
import telegram from '@plugboard/telegram'
import webchat from '@plugboard/webchat'
import { BotDefinition, BotImplementation, env, z } from 'plugboard'
import assistant from 'plugboard/plugins/assistant'
import hitl from 'plugboard/plugins/hitl'
import knowledge from 'plugboard/plugins/knowledge'
import { results, rules } from './rules.ts'

/** What has channels is asked for its key when the bot starts: it is there once it has one. */
const isSet = (name: string): boolean => (process.env[name] ?? '') !== ''

/** What is written beyond so many characters is not looked up: a question stands before that. */
const longestQuery = 2000

const definition = new BotDefinition({
  name: 'support-desk',
  title: 'Support',
  defaults: { llm: 'scripted', embeddings: 'scripted', hitl: 'desk' },
  actions: {
    lookUp: {
      title: 'Look up',
      description:
        'Finds what the handbook of the shop says of a question. Gives the passages, the nearest first, each with its file; none where nothing of it stands there.',
      input: { schema: z.object({ question: z.string().min(1) }) },
      output: { schema: z.object({ handbook: z.array(z.string()) }) },
    },
  },
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
  .addIntegration(localFiles, { configuration: { folder: join(import.meta.dirname, 'handbook') } })
  .addIntegration(scripted, { configuration: { rules, results } })
  .addIntegration(openai, { configuration: { apiKey: env('OPENAI_API_KEY'), baseUrl: env('OPENAI_BASE_URL') } })
  .addIntegration(anthropic, {
    configuration: { apiKey: env('ANTHROPIC_API_KEY'), baseUrl: env('ANTHROPIC_BASE_URL') },
  })
  .addIntegration(google, { configuration: { apiKey: env('GOOGLE_API_KEY'), baseUrl: env('GOOGLE_BASE_URL') } })
  // Before whatever answers: it decides who does.
  .addPlugin(hitl, { configuration: { startCommand: '/human', title: 'Somebody needs help' } })
  .addPlugin(knowledge, { dependencies: { files: 'local-files' } })
  .addPlugin(assistant, {
    configuration: {
      systemPrompt:
        'You answer the customers of a shop that sells lamps. Be friendly and brief. What the shop does you look up in its handbook: answer by what it says, and name the file in brackets. Where you cannot help, or they ask for somebody, call a human.',
    },
    tools: [
      { action: 'bot:lookUp', name: 'look_up' },
      { action: 'hitl:startHitl', name: 'call_human' },
    ],
  })

/** Answers people by a handbook, and hands them over to a human where they want one. Without a key it is rules that answer, and a page of its own on which humans serve. */
export default new BotImplementation(definition, {
  actions: {
    lookUp: async ({ input, actions }) => {
      const { passages } = await actions.knowledge.search({
        query: input.question.slice(0, longestQuery).toWellFormed(),
        limit: 2,
      })
      return { handbook: passages.map(({ text, source }) => `${text} [${source}]`) }
    },
  },
})
