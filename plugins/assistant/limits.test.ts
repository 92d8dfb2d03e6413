/** What people see of the limits of vendors, as they are told over the wire. */
import { type ChatCompletionRequest, LLMock } from '@copilotkit/aimock'
import anthropic from '@plugboard/anthropic'
import google from '@plugboard/google'
import openai from '@plugboard/openai'
import { BotDefinition } from 'plugboard'
import assistant from 'plugboard/plugins/assistant'
import { startBot } from 'plugboard/runtime'
import { chat, talk } from 'plugboard/testing'
import { afterAll, describe, expect, it } from 'vitest'

const apiKey = 'a key'
const server = await LLMock.create({ host: '127.0.0.1', auth: { apiKeys: [apiKey] } })
/** What is said last. Anthropic's messages of one user are one, where nothing was said between them. */
const saying =
  (text: string) =>
  ({ messages }: ChatCompletionRequest): boolean => {
    const content = messages.at(-1)?.content
    const parts = typeof content === 'string' ? [content] : (content ?? []).map((part) => part.text ?? '')
    return parts.join('\n').trimEnd().endsWith(text)
  }
const refused = (message: string) => ({ error: { message, type: 'invalid_request_error' }, status: 400 })
server.on({ predicate: saying('go on and on') }, { content: 'It is', finishReason: 'length' })
server.on({ predicate: saying('be bad') }, ({ model }) => ({
  content: 'First you',
  // Anthropic has a word of its own for it.
  finishReason: model.startsWith('claude') ? 'refusal' : 'content_filter',
}))
server.on({ predicate: saying('read this') }, refused('prompt is too long: 208310 tokens > 200000 maximum'))
server.on({ predicate: saying('be away') }, { error: { message: 'Overloaded', type: 'overloaded_error' }, status: 503 })
server.on({ predicate: saying('hello') }, { content: 'Good day' })
afterAll(async () => {
  await server.stop()
})

const own = (path: string) => ({ configuration: { apiKey, baseUrl: `${server.url}${path}` } })
const vendors = ['openai', 'anthropic', 'google'] as const

async function start(to: (typeof vendors)[number]) {
  const channel = chat()
  const bot = new BotDefinition({ defaults: { llm: to } })
    .addIntegration(channel)
    .addIntegration(openai, own('/v1'))
    .addIntegration(anthropic, own('/v1'))
    .addIntegration(google, own('/v1beta'))
    .addPlugin(assistant)
  const running = await startBot(bot, { environment: {}, log: () => {}, retries: { attempts: 3, delay: 1 } })
  const { say } = await talk(running, { throws: false })
  return Object.assign(running, { say, sent: channel.sent })
}

describe.each(vendors)('through %s', (vendor) => {
  it.each([
    ['an answer that is cut off says so', 'go on and on', 'It is …'],
    ['what a filter stops is replaced', 'be bad', 'I cannot answer that.'],
    ['who writes too much is told', 'read this', 'That is too long for me. Please say it in fewer words.'],
    ['who asks in vain is told', 'be away', 'I cannot answer at the moment. Please try again later.'],
  ])('%s, and the conversation goes on', async (_, said, answer) => {
    await using bot = await start(vendor)
    const before = server.getRequests().length
    await bot.say(said)
    expect(bot.sent).toEqual([answer])
    expect(server.getRequests().length - before).toBe(said === 'be away' ? 3 : 1)
    await bot.say('hello')
    expect(bot.sent.at(-1)).toBe('Good day')
  })
})
