import { LLMock } from '@copilotkit/aimock'
import { startBot } from 'plugboard/runtime'
import { afterAll, beforeAll, expect, it } from 'vitest'
import bot from './bot.ts'

type Asked = { readonly messages: readonly { readonly role: string; readonly content: unknown }[] }

let vendors: LLMock
const asked: Asked[] = []
beforeAll(async () => {
  vendors = await LLMock.create({ host: '127.0.0.1' })
  const last = ({ messages }: Asked) => messages.at(-1)
  vendors.on({ predicate: (request) => last(request)?.role === 'tool' }, (request: Asked) => ({
    content: `I was told: ${textOf(last(request)?.content ?? '')}`,
  }))
  vendors.on(
    { predicate: (request) => textOf(last(request)?.content ?? '').includes('shipping') },
    { toolCalls: [{ name: 'look_up', arguments: '{"question":"What does shipping cost?"}', id: 'call_2' }] },
  )
  vendors.on(
    { predicate: (request) => textOf(last(request)?.content ?? '').includes('a person') },
    { toolCalls: [{ name: 'call_human', arguments: '{"title":"Wants a person"}', id: 'call_1' }] },
  )
  vendors.onMessage(/what is my name/i, (request) => {
    asked.push(request)
    const said = request.messages.map(({ content }) => textOf(content)).join('\n')
    const [, name] = /my name is (\w+)/i.exec(said) ?? []
    return { content: name === undefined ? 'I do not know.' : `Your name is ${name}.` }
  })
})
afterAll(async () => {
  await vendors.stop()
})

const textOf = (content: unknown): string =>
  typeof content === 'string'
    ? content
    : (content as readonly { readonly text?: string }[]).map(({ text = '' }) => text).join('')

/** The bot as it is, with a key of each vendor, whose addresses are those of one that speaks all of their wire formats. */
async function start() {
  const running = await startBot(bot, {
    log: () => {},
    environment: {
      SUPPORT_DESK_KEY: 'a key of some length',
      OPENAI_API_KEY: 'a-key',
      OPENAI_BASE_URL: `${vendors.url}/v1`,
      ANTHROPIC_API_KEY: 'a-key',
      ANTHROPIC_BASE_URL: `${vendors.url}/v1`,
      GOOGLE_API_KEY: 'a-key',
      GOOGLE_BASE_URL: `${vendors.url}/v1beta`,
    },
  })
  const client = running.clientOf('webchat')
  const { user } = await client.getOrCreateUser({ tags: { id: 'ada' }, name: 'Ada' })
  const { conversation } = await client.getOrCreateConversation({ channel: 'channel', tags: { id: user.id } })
  const say = async (text: string): Promise<string> => {
    await client.createMessage({ conversationId: conversation.id, userId: user.id, type: 'text', payload: { text } })
    await running.idle()
    const { items } = await running.history.messages(conversation.id)
    const [latest] = items
    return latest?.direction === 'outgoing' ? String((latest.payload as { text?: string }).text) : 'no answer'
  }
  return Object.assign(running, { say, conversation })
}

it('goes on with a conversation while its model is swapped between three vendors and the scripted one', async () => {
  await using running = await start()
  expect(await running.say('Hello! My name is Ada.')).toContain('Ada')
  const answers: string[] = []
  for (const provider of ['openai', 'anthropic', 'google', 'scripted', 'openai']) {
    await running.bindings.set('assistant', 'llm', provider)
    answers.push(`${provider}: ${await running.say('What is my name?')}`)
  }
  expect(answers).toEqual(
    ['openai', 'anthropic', 'google', 'scripted', 'openai'].map((provider) => `${provider}: Your name is Ada.`),
  )
  // Each is given all that was said before, whoever had answered it.
  const spoken = asked.map(({ messages }) => messages.filter(({ role }) => role === 'user' || role === 'assistant'))
  expect(spoken.map(({ length }) => length)).toEqual([3, 5, 7, 11])
  expect((await running.deadLetters()).items).toEqual([])
})

it.each(['openai', 'anthropic', 'google', 'scripted'])('answers by the handbook, through %s', async (provider) => {
  await using running = await start()
  await running.actions.knowledge.ingest({})
  await running.idle()
  await running.bindings.set('assistant', 'llm', provider)
  expect(await running.say('What does shipping cost?')).toMatch(/Shipping costs 5 euros.* \[shipping\.md\]/)
})

it.each(['openai', 'anthropic', 'google', 'scripted'])('hands over where %s finds that it should', async (provider) => {
  await using running = await start()
  await running.bindings.set('assistant', 'llm', provider)
  await running.say('Can I talk to a person?')
  const sessions = (await running.clientOf('desk').listConversations()).items
  expect(sessions).toHaveLength(1)
  expect(await running.say('hello?')).toBe('no answer')
  const { items } = await running.history.messages(sessions[0]?.id ?? '')
  expect(items.map(({ payload }) => (payload as { text: string }).text)).toEqual(['hello?'])
  expect((await running.deadLetters()).items).toEqual([])
})

it('goes on with what humans have said, whatever the model', async () => {
  await using running = await start()
  await running.say('/human')
  const humans = running.clientOf('desk')
  const { items } = await humans.listConversations()
  const { user } = await humans.getOrCreateUser({ tags: { id: 'grace' }, name: 'Grace' })
  await humans.createMessage({
    conversationId: items[0]?.id ?? '',
    userId: user.id,
    type: 'text',
    payload: { text: 'I note that my name is Grace, and my name is not yours.' },
  })
  await running.idle()
  expect(await running.say('My name is Ada.')).toBe('no answer')
  await running.say('/stop')
  asked.length = 0
  await running.bindings.set('assistant', 'llm', 'anthropic')
  await running.say('What is my name?')
  const told = asked[0]?.messages.map(({ role, content }) => `${role}: ${textOf(content)}`).join('\n')
  expect(told).toMatch(/^assistant: .*Grace: I note that my name is Grace, and my name is not yours\.$/m)
  expect(told).toMatch(/^user: My name is Ada\./m)
})
