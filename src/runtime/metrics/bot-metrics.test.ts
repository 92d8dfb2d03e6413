import { describe, expect, it } from 'vitest'
import {
  BotDefinition,
  BotImplementation,
  IntegrationDefinition,
  IntegrationImplementation,
  PlugboardError,
  z,
} from 'plugboard'
import { fetchHandler, startBot } from 'plugboard/runtime'
import { VirtualClock } from '../../container/policies/virtual-clock.fixture.ts'
import { speaker, speech, webhook } from '../bot/speech.fixture.ts'

const quiet = { log: () => {}, environment: {} }

const brokenDefinition = new IntegrationDefinition({
  name: 'broken',
  channels: { chat: { messages: { text: { schema: z.object({ text: z.string() }) } } } },
})
/** An integration whose platform does not answer. */
const broken = brokenDefinition.implementedBy(async () => ({
  default: new IntegrationImplementation(brokenDefinition, {
    channels: {
      chat: {
        messages: {
          text: async () => {
            throw new PlugboardError({ code: 'vendor_unavailable', message: 'no line', retryable: true })
          },
        },
      },
    },
  }),
}))

/** The samples of a text, by their names and labels. */
function samples(text: string): Readonly<Record<string, number>> {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]))
}

describe('the metrics of a bot', () => {
  it('count what comes in, what is called and what goes out', async () => {
    const definition = new BotDefinition({ interfaces: { speech } }).addIntegration(speaker('one'))
    const bot = new BotImplementation(definition, {})
    bot.on.message('text', async ({ message, interfaces, client }) => {
      await interfaces.speech.say({ text: 'hi' })
      await client.createMessage({ conversationId: message.conversationId, type: 'text', payload: { text: 'hello' } })
    })
    await using running = await startBot(bot, quiet)
    const { metrics } = running
    await running.receive('one', webhook({ text: 'hi' }, 'd1'))
    await running.receive('one', webhook({ text: 'hi' }, 'd1'))
    await running.idle()
    await expect(running.interfaces.speech.say({ text: 1 as never })).rejects.toMatchObject({ code: 'input_invalid' })
    const call = 'interface="speech",integration="one",action="say"'
    expect(samples(await metrics.text())).toMatchObject({
      [`plugboard_calls_total{bot="bot",consumer="bot",${call},outcome="ok"}`]: 1,
      [`plugboard_calls_total{bot="bot",consumer="bot",${call},outcome="input_invalid"}`]: 1,
      [`plugboard_call_duration_seconds_count{bot="bot",consumer="bot",${call}}`]: 2,
      'plugboard_handler_duration_seconds_count{bot="bot",consumer="bot",moment="message",outcome="ok"}': 1,
      'plugboard_messages_total{bot="bot",direction="incoming",integration="one"}': 1,
      'plugboard_messages_total{bot="bot",direction="outgoing",integration="one"}': 1,
      'plugboard_deliveries_total{bot="bot",integration="one"}': 1,
      'plugboard_deliveries_deduplicated_total{bot="bot",integration="one"}': 1,
      'plugboard_webhook_duration_seconds_count{bot="bot",integration="one",status="2xx"}': 2,
      'plugboard_waiting{bot="bot",queue="inbox"}': 0,
      'plugboard_oldest_waiting_seconds{bot="bot",queue="outbox"}': 0,
      'plugboard_dead_letters{bot="bot"}': 0,
      'process_resident_memory_bytes{bot="bot"}': expect.any(Number),
    })
  })

  it('count what is tried again, put aside, and sent without knowing whether it was sent before', async () => {
    const clock = new VirtualClock()
    const bot = new BotImplementation(new BotDefinition({}).addIntegration(broken), {})
    bot.on.message('text', async ({ message, client }) => {
      await client.createMessage({ conversationId: message.conversationId, type: 'text', payload: { text: 'hello' } })
      if (message.payload.text === 'bad') throw new Error('bad')
    })
    await using running = await startBot(bot, { ...quiet, clock, retries: { attempts: 2 } })
    const { metrics } = running
    const client = running.clientOf('broken')
    const { user } = await client.getOrCreateUser({ tags: { id: 'ada' } })
    const { conversation } = await client.getOrCreateConversation({ channel: 'chat', tags: { id: '1' } })
    const message = { conversationId: conversation.id, userId: user.id, type: 'text' }
    await client.createMessage({ ...message, payload: { text: 'hi' } })
    await client.createMessage({ ...message, payload: { text: 'bad' } })
    await clock.advance(10_000)
    expect(samples(await metrics.text())).toMatchObject({
      'plugboard_retries_total{bot="bot",of="send"}': 1,
      'plugboard_retries_total{bot="bot",of="handler"}': 1,
      'plugboard_dead_letters_total{bot="bot",of="send"}': 1,
      'plugboard_dead_letters_total{bot="bot",of="handler"}': 1,
      'plugboard_sends_of_unknown_outcome_total{bot="bot",integration="broken",channel="chat",next="repeated"}': 1,
      'plugboard_sends_of_unknown_outcome_total{bot="bot",integration="broken",channel="chat",next="put_aside"}': 1,
      'plugboard_dead_letters{bot="bot"}': 2,
    })
  })

  it('are shown to whoever has the token, or to everyone if that was chosen', async () => {
    await using running = await startBot(new BotDefinition({}), quiet)
    const ask = async (options: object, headers = {}) => {
      const response = await fetchHandler(() => running, options)(new Request('http://host/metrics', { headers }))
      return [response.status, response.headers.get('content-type'), (await response.text()).slice(0, 6)]
    }
    expect(await ask({ adminToken: 'the-token-of-tests' })).toEqual([401, 'application/json', expect.any(String)])
    expect(await ask({})).toEqual([401, 'application/json', expect.any(String)])
    const shown = [200, 'text/plain; version=0.0.4; charset=utf-8', '# HELP']
    expect(await ask({ adminToken: 'the-token-of-tests' }, { authorization: 'Bearer the-token-of-tests' })).toEqual(
      shown,
    )
    expect(await ask({ publicMetrics: true })).toEqual(shown)
  })
})
