import { describe, expect, it } from 'vitest'
import { BotDefinition, BotImplementation, PlugboardError, PluginDefinition, PluginImplementation, z } from 'plugboard'
import { startBot, type StartOptions } from 'plugboard/runtime'
import { speaker, webhook } from '../bot/speech.fixture.ts'

const quiet = { log: () => {}, environment: {}, retries: { attempts: 3, delay: 1 } }
const events = { noted: { schema: z.object({ what: z.string() }) } }

/** A plugin that hears of failures, and notes what it hears. */
function listener(hear?: () => Promise<void>) {
  const heard: Record<string, unknown>[] = []
  const definition = new PluginDefinition({ name: 'listener', events })
  const plugin = new PluginImplementation(definition)
  plugin.on.handlerFailed('*', async ({ handler, error, message, event, conversation, user, client }) => {
    const about = {
      message: message?.payload,
      event: event?.payload,
      room: conversation?.tags['room'],
      user: user?.tags,
    }
    heard.push({ ...handler, error, ...about })
    await client.createEvent({ type: 'noted', payload: { what: error.code } })
    if (conversation)
      await client.createMessage({ conversationId: conversation.id, type: 'text', payload: { text: 'sorry' } })
    await hear?.()
  })
  return Object.assign(
    definition.implementedBy(async () => ({ default: plugin })),
    { heard },
  )
}

async function start(
  fail: (attempt: number) => void,
  { hear, ...options }: { hear?: () => Promise<void> } & StartOptions = {},
) {
  const one = speaker('one')
  const plugin = listener(hear)
  const bot = new BotImplementation(new BotDefinition({ events }).addIntegration(one).addPlugin(plugin))
  let attempts = 0
  const noted: string[] = []
  bot.on.message('text', async () => {
    attempts += 1
    fail(attempts)
  })
  bot.on.event('listener:noted', async ({ event }) => void noted.push(event.payload.what))
  const running = await startBot(bot, { ...quiet, ...options })
  await running.receive('one', webhook({ text: 'hi' }))
  await running.idle()
  return Object.assign(running, { heard: plugin.heard, noted, sent: one.sent, attempts: () => attempts })
}

const about = { message: { text: 'hi' }, event: undefined, room: 'r', user: { id: 'ada' } }

describe('a handler that has failed for good', () => {
  it('is heard of once, when it is not tried again, with what it was to handle', async () => {
    await using bot = await start(() => {
      throw new Error('broken')
    })
    expect(bot.attempts()).toBe(3)
    const error = { code: 'handler_failed', message: 'broken', retryable: true }
    expect(bot.heard).toEqual([{ consumer: 'bot', moment: 'message', attempts: 3, error, ...about }])
    expect(bot.noted).toEqual(['handler_failed'])
    expect(bot.sent).toEqual(['r: sorry'])
    expect((await bot.deadLetters()).items).toHaveLength(1)
  })

  it('is heard of by its code; one that goes better the next time is not heard of', async () => {
    await using bot = await start(() => {
      throw new PlugboardError({ code: 'vendor_refused', message: 'no' })
    })
    expect(bot.heard).toMatchObject([{ error: { code: 'vendor_refused', retryable: false }, attempts: 1 }])
    await using lucky = await start((attempt) => {
      if (attempt === 1) throw new Error('not yet')
    })
    expect(lucky.attempts()).toBe(2)
    expect(lucky.heard).toEqual([])
  })

  it('is put aside all the same where a hook fails, which then has done nothing', async () => {
    const lines: { level: string; message: string }[] = []
    await using bot = await start(
      () => {
        throw new Error('broken')
      },
      { hear: () => Promise.reject(new Error('deaf')), log: (line) => void lines.push(line) },
    )
    expect(bot.heard).toHaveLength(1)
    expect(bot.noted).toEqual([])
    expect(bot.sent).toEqual([])
    expect((await bot.deadLetters()).items).toMatchObject([{ handler: 'bot.0', message: 'broken' }])
    expect(lines).toContainEqual(
      expect.objectContaining({ level: 'error', plugin: 'listener', message: "a hook of handlerFailed '*' failed" }),
    )
  })

  it('is heard of where hooks fail around the handlers', async () => {
    const one = speaker('one')
    const plugin = listener()
    const bot = new BotImplementation(new BotDefinition().addIntegration(one).addPlugin(plugin))
    bot.on.beforeIncomingMessage('*', async () => {
      throw new PlugboardError({ code: 'vendor_refused', message: 'no' })
    })
    await using running = await startBot(bot, quiet)
    await running.receive('one', webhook({ text: 'hi' }))
    await running.idle()
    expect(plugin.heard).toMatchObject([
      { consumer: undefined, moment: 'hooks', attempts: 1, error: { code: 'vendor_refused' } },
    ])
  })

  it('is heard of by what it was to handle', async () => {
    const heard: string[] = []
    const bot = new BotImplementation(new BotDefinition({ events }).addIntegration(speaker('one')))
    bot.on.message('text', async ({ client }) => {
      await client.createEvent({ type: 'noted', payload: { what: 'a' } })
    })
    bot.on.event('noted', async () => {
      throw new PlugboardError({ code: 'vendor_refused', message: 'no' })
    })
    bot.on.handlerFailed('message', async () => void heard.push('message'))
    bot.on.handlerFailed('event', async ({ event }) => void heard.push(String(event?.type)))
    await using running = await startBot(bot, quiet)
    await running.receive('one', webhook({ text: 'hi' }))
    await running.idle()
    expect(heard).toEqual(['bot:noted'])
    expect(() => bot.on.handlerFailed('mesage' as never, async () => {})).toThrow("there are no handlers of 'mesage'")
  })
})

describe('a call that has failed', () => {
  it('is heard of each time, with the code and without what is secret', async () => {
    const key = 'a-very-secret-key'
    const bot = new BotImplementation(
      new BotDefinition({ secrets: { OWN_KEY: {} } })
        .addIntegration(
          speaker('one', {
            say: () => {
              throw new PlugboardError({ code: 'vendor_refused', message: `no, ${key}` })
            },
          }),
        )
        .addPlugin(listener()),
    )
    const heard: object[] = []
    bot.on.callFailed('say', async ({ call, error }) => void heard.push({ ...call, ...error }))
    bot.on.callFailed('one:listVoices', async () => void heard.push({ never: true }))
    await using running = await startBot(bot, { ...quiet, environment: { PLUGBOARD_SECRET_BOT_OWN_KEY: key } })
    await expect(running.actions.one.say({ text: 'a' })).rejects.toMatchObject({ code: 'vendor_refused' })
    await running.actions.one.listVoices({})
    expect(heard).toEqual([
      expect.objectContaining({
        integration: 'one',
        action: 'say',
        code: 'vendor_refused',
        message: 'no, •••',
        retryable: false,
      }),
    ])
  })

  it('is heard of where it streams, and not where its reader leaves', async () => {
    const bot = new BotImplementation(
      new BotDefinition().addIntegration(
        speaker('one', {
          sayWords: async function* ({ input }) {
            yield { word: 'a' }
            if (input['text'] === 'fail') throw new PlugboardError({ code: 'vendor_failed', message: 'no' })
            return { text: 'a' }
          },
        }),
      ),
    )
    const heard: string[] = []
    bot.on.callFailed('*', async ({ call, error }) => void heard.push(`${call.action} ${error.code}`))
    await using running = await startBot(bot, quiet)
    await expect(running.actions.one.sayWords({ text: 'fail' }).output()).rejects.toMatchObject({
      code: 'vendor_failed',
    })
    for await (const _ of running.actions.one.sayWords({ text: 'leave' })) break
    expect(heard).toEqual(['sayWords vendor_failed'])
  })

  it('fails as it did where the hook fails', async () => {
    const bot = new BotImplementation(
      new BotDefinition().addIntegration(
        speaker('one', {
          say: () => {
            throw new PlugboardError({ code: 'vendor_refused', message: 'no' })
          },
        }),
      ),
    )
    bot.on.callFailed('*', async () => {
      throw new Error('deaf')
    })
    await using running = await startBot(bot, quiet)
    await expect(running.actions.one.say({ text: 'a' })).rejects.toMatchObject({ code: 'vendor_refused' })
  })
})
