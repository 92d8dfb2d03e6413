import { expect, it } from 'vitest'
import { BotDefinition, BotImplementation, env, PlugboardError } from 'plugboard'
import { startBot } from 'plugboard/runtime'
import { speaker, webhook } from './bot/speech.fixture.ts'

/** The error in the log line of a handler that throws something. */
async function logged(thrown: unknown) {
  const lines: Record<string, unknown>[] = []
  const bot = new BotImplementation(
    new BotDefinition().addIntegration(speaker('one'), { configuration: { key: env('KEY') } }),
  )
  bot.on.message('text', async () => {
    throw thrown
  })
  await using running = await startBot(bot, {
    environment: { KEY: 's3cr3t' },
    log: (line) => void lines.push(line),
    retries: { attempts: 1 },
  })
  await running.receive('one', webhook({ text: 'hi' }))
  await running.idle()
  return lines.find(({ message }) => message === "a handler of message 'text' failed")?.['error']
}

it('an error that is none of Plugboard is logged with where it was thrown, without secrets', async () => {
  const error = (await logged(new TypeError('s3cr3t is no list'))) as { stack: string }
  expect(error).toEqual({
    name: 'TypeError',
    message: '••• is no list',
    stack: expect.stringMatching(/^TypeError: ••• is no list\n +at .*masked-logger\.test\.ts/) as string,
  })
  expect(error.stack).not.toContain('s3cr3t')
})

it('one of Plugboard is logged by its code, and with where its cause was thrown', async () => {
  const cause = new RangeError('too long')
  const error = await logged(new PlugboardError({ code: 'vendor_refused', message: 'no', cause }))
  expect(error).toEqual({
    name: 'PlugboardError',
    message: 'no',
    code: 'vendor_refused',
    cause: { name: 'RangeError', message: 'too long', stack: cause.stack },
  })
})
