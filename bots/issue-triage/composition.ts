import anthropic from '@plugboard/anthropic'
import github from '@plugboard/github'
import google from '@plugboard/google'
import memory from '@plugboard/memory'
import openai from '@plugboard/openai'
import scripted from '@plugboard/scripted'
import { BotDefinition, env, need, z } from 'plugboard'
import crud from 'plugboard/interfaces/crud'
import llm from 'plugboard/interfaces/llm'
import { rules } from './rules.ts'
import { seed } from './seed.ts'
import { verdict } from './verdict.ts'

const conversationId = z.string().optional()

/** Needs a tracker of issues and a model that answers with data. Without a key these are the memory and the scripted model. */
export const composition = () =>
  new BotDefinition({
    name: 'issue-triage',
    title: 'Issue triage',
    interfaces: { issues: crud, llm: need(llm, { capabilities: ['structuredOutput'] }) },
    defaults: { crud: 'memory', llm: 'scripted' },
    events: {
      /** It is time to look for new issues; `conversationId` is where it is told what is found. */
      triageDue: { schema: z.object({ conversationId }) },
      /** A new issue, which is to be looked at. */
      issueFound: { schema: z.object({ issue: z.string(), from: z.number(), conversationId }) },
      /** What was found out. */
      issueTriaged: { schema: z.object({ issue: z.string(), verdict, dryRun: z.boolean() }) },
    },
    recurringEvents: { triage: { type: 'triageDue', payload: {}, schedule: { cron: '*/10 * * * *' } } },
    tables: {
      issues: {
        schema: z.object({
          issue: z.string(),
          /** `tried` is one that was looked at without being touched. */
          status: z.enum(['found', 'triaged', 'tried', 'left']),
          verdict: verdict.optional(),
        }),
      },
    },
    workflows: {
      /** There is one, in whose lane the rounds go one after another: so no issue is found twice. */
      rounds: {
        input: { schema: z.object({}) },
        output: { schema: z.object({}) },
        timeout: 10 * 365 * 86_400_000,
      },
    },
  })
    .addIntegration(memory, { configuration: { seed } })
    // The issues alone: what is said below them is none of this bot's business.
    .addIntegration(github, {
      configuration: {
        token: env('GITHUB_TOKEN'),
        owner: env('GITHUB_OWNER'),
        repository: env('GITHUB_REPOSITORY'),
        apiUrl: env('GITHUB_API_URL'),
      },
      disabledChannels: ['issue', 'pullRequest'],
    })
    .addIntegration(scripted, { configuration: { rules } })
    .addIntegration(openai, { configuration: { apiKey: env('OPENAI_API_KEY'), baseUrl: env('OPENAI_BASE_URL') } })
    .addIntegration(anthropic, {
      configuration: { apiKey: env('ANTHROPIC_API_KEY'), baseUrl: env('ANTHROPIC_BASE_URL') },
    })
    .addIntegration(google, { configuration: { apiKey: env('GOOGLE_API_KEY'), baseUrl: env('GOOGLE_BASE_URL') } })
