import type { ServerResponse } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { failed, HttpApi, type Instead, limited, token } from './http-api.fixture.ts'
import { command } from './interactions.fixture.ts'
import { type SmallBot, smallBot } from './small-bot.fixture.ts'

let api: HttpApi
let bot: SmallBot | undefined
beforeEach(async () => {
  api = await HttpApi.start()
  bot = undefined
})
afterEach(async () => {
  await bot?.[Symbol.asyncDispose]()
  await api[Symbol.asyncDispose]()
})
const start = async (options: Partial<Parameters<typeof smallBot>[0]> = {}): Promise<SmallBot> => {
  bot = await smallBot({ apiUrl: api.url, ...options })
  return bot
}
const commands = /^PUT \/applications/

describe('a call that fails', () => {
  const breaks = (response: ServerResponse): void => void response.destroy()
  const breaksInside = (response: ServerResponse): void => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': 100 })
    response.write('{"id":', () => response.destroy())
  }
  const says =
    (status: number, body: string, headers = {}): Instead =>
    (response) =>
      void response.writeHead(status, headers).end(body)
  const wrong = { errors: { 0: { name: { _errors: [{ code: 'X', message: 'Must be 32 or fewer in length.' }] } } } }

  it.each([
    ['401', failed(401, 0, '401: Unauthorized'), { code: 'vendor_unauthorized', retryable: false }],
    [
      '429 with a time to wait',
      limited(1.234),
      { code: 'vendor_rate_limited', retryable: true, retryAfter: 1234, retryScope: 'conversation' },
    ],
    [
      '429 of all calls',
      limited(64.57, true),
      { code: 'vendor_rate_limited', retryable: true, retryAfter: 64_570, retryScope: 'installation' },
    ],
    [
      '429 of what stands in front of Discord',
      says(429, 'error code: 1015', { 'retry-after': '7' }),
      { code: 'vendor_rate_limited', retryable: true, retryAfter: 7000, retryScope: 'installation' },
    ],
    ['403', failed(403, 50_001, 'Missing Access'), { code: 'vendor_refused', retryable: false }],
    [
      '403 for want of a permission',
      failed(403, 50_013, 'Missing Permissions'),
      { code: 'vendor_refused', message: expect.stringContaining('the role of the bot') },
    ],
    ['404', failed(404, 10_003, 'Unknown Channel'), { code: 'vendor_refused', retryable: false }],
    [
      'a wrong body',
      failed(400, 50_035, 'Invalid Form Body', wrong),
      { code: 'vendor_refused', message: expect.stringContaining('0.name: Must be 32 or fewer in length.') },
    ],
    ['500', failed(500, 0, '500: Internal Server Error'), { code: 'vendor_unavailable', retryable: true }],
    ['a broken connection', breaks, { code: 'vendor_unavailable', retryable: true }],
    ['a connection that breaks in the answer', breaksInside, { code: 'vendor_unavailable', retryable: true }],
    ['malformed JSON', says(200, '[{"id":"1'), { code: 'vendor_failed', retryable: true }],
    ['a refusal that is none', says(400, '{"message":5}'), { code: 'vendor_failed', retryable: true }],
    ['a page of a proxy', says(502, '<html>Bad Gateway</html>'), { code: 'vendor_unavailable', retryable: true }],
  ])('%s', async (_, answer, expected) => {
    const { actions } = await start()
    api.instead(commands, answer)
    const error = await actions['registerCommands']!({ commands: [] }).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ ...expected, where: { integration: 'discord', action: 'registerCommands' } })
    expect(`${String(error)} ${JSON.stringify(error)} ${String((error as Error).cause)}`).not.toContain(token)
  })

  it('is aborted with its caller, at Discord too', async () => {
    const { actions } = await start()
    const asked = Promise.withResolvers<void>()
    const left = Promise.withResolvers<void>()
    api.instead(commands, (response) => {
      response.on('close', left.resolve)
      asked.resolve()
    })
    const controller = new AbortController()
    const register = actions['registerCommands'] as (input: object, options: object) => Promise<unknown>
    const calling = register({ commands: [] }, { signal: controller.signal })
    await asked.promise
    controller.abort()
    await expect(calling).rejects.toMatchObject({ code: 'aborted' })
    await left.promise
  })
})

describe('a bot', () => {
  it('with a wrong token says so, and is not registered', async () => {
    const wrong = 'MTIz.wrong.token'
    const { running, written } = await start({ configuration: { botToken: wrong } })
    expect(running.installations).toMatchObject([
      { active: false, registration: { status: 'failed', failure: { code: 'vendor_unauthorized' } } },
    ])
    expect(await written()).not.toContain(wrong)
  })

  it.each([
    ['botToken', { botToken: 'token' }],
    ['publicKey', { publicKey: 'abc' }],
  ])('with what cannot be a %s does not start', async (name, configuration) => {
    await expect(start({ configuration })).rejects.toMatchObject({
      problems: [{ code: 'configuration_invalid', path: `discord.configuration.${name}` }],
    })
  })
})

describe('a message that cannot be sent', () => {
  const tell = async (...answers: readonly Instead[]): Promise<SmallBot> => {
    const started = await start({ answer: () => [{ type: 'text', payload: { text: 'answer' } }] })
    api.instead(/@original$/, ...answers)
    await started.tell(command('say', [], { token: 'secret-of-the-command' }))
    await started.running.idle()
    return started
  }

  it('now is sent again', async () => {
    const { running } = await tell(
      (response) => response.destroy(),
      (response) => response.end('{'),
      failed(500, 0, '500: Internal Server Error'),
      limited(0.05),
    )
    expect(api.called(/@original$/)).toHaveLength(5)
    expect((await running.deadLetters()).items).toEqual([])
  })

  it('at all is put aside at once, and nothing tells what it was allowed by', async () => {
    const { running, written } = await tell(failed(403, 50_001, 'Missing Access'))
    expect(api.called(/@original$/)).toHaveLength(1)
    expect((await running.deadLetters()).items).toMatchObject([
      { code: 'vendor_refused', message: expect.stringContaining('the bot is not in the server') },
    ])
    const told = await written()
    expect(told).not.toContain('secret-of-the-command')
    expect(told).not.toContain(token)
  })

  it('waits where its channel has to, while others go on', async () => {
    const started = await start({ answer: () => [{ type: 'text', payload: { text: 'answer' } }] })
    api.instead(/busy\S*@original$/, limited(600))
    await started.tell(command('say', [], { token: 'busy' }))
    await expect.poll(() => api.called(/busy/).length).toBe(1)
    await started.tell(command('say', [], { token: 'free', place: 'dm' }))
    await expect.poll(() => api.called(/free/).length).toBe(1)
    expect(api.called(/busy/)).toHaveLength(1)
  })
})
