import type { ServerResponse } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { BotApi, token } from './bot-api.fixture.ts'
import { fromAda, inGroup, type SmallBot, smallBot } from './small-bot.fixture.ts'

let api: BotApi
let bot: SmallBot | undefined
beforeEach(async () => {
  api = await BotApi.start()
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
const setCommands = ({ actions }: SmallBot): Promise<unknown> =>
  actions['setCommands']!({ commands: [{ command: 'start', description: 'Begin' }] }).catch((error: unknown) => error)

describe('a call that fails', () => {
  const breaks = (response: ServerResponse): void => void response.destroy()
  const breaksInside = (response: ServerResponse): void => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': 100 })
    response.write('{"ok":true,', () => response.destroy())
  }
  const says = (status: number, body: string) => (response: ServerResponse) => void response.writeHead(status).end(body)

  it.each([
    ['401', { error_code: 401, description: 'Unauthorized' }, { code: 'vendor_unauthorized', retryable: false }],
    [
      '429 with a time to wait',
      { error_code: 429, description: 'Too Many Requests: retry after 7', parameters: { retry_after: 7 } },
      { code: 'vendor_rate_limited', retryable: true, retryAfter: 7000 },
    ],
    ['400', { error_code: 400, description: 'Bad Request: x' }, { code: 'vendor_refused', retryable: false }],
    [
      '403',
      { error_code: 403, description: 'Forbidden: bot was blocked by the user' },
      { code: 'vendor_refused', retryable: false },
    ],
    ['409', { error_code: 409, description: 'Conflict: x' }, { code: 'vendor_refused', retryable: true }],
    ['500', { error_code: 500, description: 'Internal' }, { code: 'vendor_unavailable', retryable: true }],
    ['a broken connection', breaks, { code: 'vendor_unavailable', retryable: true }],
    ['a connection that breaks in the answer', breaksInside, { code: 'vendor_unavailable', retryable: true }],
    ['malformed JSON', says(200, '{"ok":tru'), { code: 'vendor_failed', retryable: true }],
    ['JSON that is no answer', says(200, '{"ok":true}'), { code: 'vendor_failed', retryable: true }],
    ['a page of a proxy', says(502, '<html>Bad Gateway</html>'), { code: 'vendor_unavailable', retryable: true }],
  ])('%s', async (_, answer, expected) => {
    const started = await start()
    api.instead('setMyCommands', answer)
    const error = await setCommands(started)
    expect(error).toMatchObject({ ...expected, where: { integration: 'telegram', action: 'setCommands' } })
    expect(`${String(error)} ${JSON.stringify(error)} ${String((error as Error).cause)}`).not.toContain(token)
  })

  it('is aborted with its caller, at Telegram too', async () => {
    const started = await start()
    const asked = Promise.withResolvers<void>()
    const left = Promise.withResolvers<void>()
    api.instead('setMyCommands', (response) => {
      response.on('close', left.resolve)
      asked.resolve()
    })
    const controller = new AbortController()
    const calling = (started.actions['setCommands'] as (input: object, options: object) => Promise<unknown>)(
      { commands: [] },
      { signal: controller.signal },
    )
    await asked.promise
    controller.abort()
    await expect(calling).rejects.toMatchObject({ code: 'aborted' })
    await left.promise
  })
})

describe('a bot', () => {
  it('with a wrong key says so, and is not registered', async () => {
    const { running, log } = await start({ configuration: { botToken: '123456:wrong' } })
    expect(running.installations).toMatchObject([
      { active: false, registration: { status: 'failed', failure: { code: 'vendor_unauthorized' } } },
    ])
    expect(JSON.stringify([running.installations, log])).not.toContain('123456:wrong')
  })

  it('that has no address for Telegram is told to poll', async () => {
    api.instead('setWebhook', {
      error_code: 400,
      description: 'Bad Request: bad webhook: An HTTPS URL must be provided for webhook',
    })
    const { running } = await start()
    expect(running.installations).toMatchObject([
      { registration: { failure: { code: 'vendor_refused', message: expect.stringContaining("'polling'") } } },
    ])
  })

  it('with what cannot be a key does not start', async () => {
    await expect(start({ configuration: { botToken: 'token' } })).rejects.toMatchObject({
      problems: [{ code: 'configuration_invalid', path: 'telegram.configuration.botToken' }],
    })
  })
})

describe('a message that cannot be sent', () => {
  const tell = async (...answers: Parameters<BotApi['instead']>[1][]): Promise<SmallBot> => {
    const started = await start({ answer: () => [{ type: 'text', payload: { text: 'answer' } }] })
    api.instead('sendMessage', ...answers)
    await api.tell(fromAda({ text: 'hello' }))
    await started.running.idle()
    return started
  }

  it('now is sent again', async () => {
    const { running } = await tell(
      (response) => response.destroy(),
      (response) => response.end('{'),
      { error_code: 500, description: 'Internal Server Error' },
      { error_code: 429, description: 'Too Many Requests: retry after 1', parameters: { retry_after: 1 } },
    )
    expect(api.called('sendMessage')).toHaveLength(5)
    expect((await running.deadLetters()).items).toEqual([])
  })

  it('in one chat holds up no other one', async () => {
    const started = await start({ answer: () => [{ type: 'text', payload: { text: 'answer' } }] })
    const receivers = () => api.called('sendMessage').map(({ chat_id }) => chat_id)
    api.instead('sendMessage', {
      error_code: 429,
      description: 'Too Many Requests: retry after 600',
      parameters: { retry_after: 600 },
    })
    await api.tell(inGroup({ text: 'hello' }))
    await expect.poll(receivers).toEqual([-1002])
    await api.tell(fromAda({ text: 'hello' }))
    await expect.poll(receivers).toEqual([-1002, 1111])
    expect((await started.running.deadLetters()).items).toEqual([])
  })

  it('since the person has blocked the bot is put aside at once', async () => {
    const { running } = await tell({ error_code: 403, description: 'Forbidden: bot was blocked by the user' })
    expect(api.called('sendMessage')).toHaveLength(1)
    expect((await running.deadLetters()).items).toMatchObject([
      { code: 'vendor_refused', message: expect.stringContaining('blocked by the user') },
    ])
  })
})

describe('a file of Telegram that breaks off', () => {
  const half = (response: ServerResponse): void => {
    response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': 1000 })
    response.write('half', () => response.destroy())
  }
  const document = (id: string) =>
    fromAda({
      document: { file_id: id, file_unique_id: `u${id}`, file_size: 5, file_name: 'a.bin', mime_type: 'image/png' },
    })

  it('is not kept by half', async () => {
    api.files.set('A', { path: 'a', content: 'whole' })
    api.instead('a', half)
    const { running, messages } = await start()
    expect(await api.tell(document('A'))).toBe(200)
    await running.idle()
    const { content } = await running.clientOf('telegram').readFile({ key: String(messages[0]?.tags['fileKey']) })
    expect(new TextDecoder().decode(content)).toBe('whole')
  })

  it('is no whole one to who reads it from there, and is left when they leave', async () => {
    api.files.set('A', { path: 'a', content: 'whole' })
    const { running, messages } = await start({ configuration: { keepFiles: false } })
    await api.tell(document('A'))
    await running.idle()
    const [message] = messages
    const url = String(message?.payload['imageUrl'] ?? message?.payload['fileUrl'])
    const left = Promise.withResolvers<void>()
    api.instead('a', half, (response) => {
      response.on('close', left.resolve)
      response.writeHead(200, { 'content-length': 1000 })
      response.write('half')
    })
    await expect(fetch(url).then(async (response) => response.text())).rejects.toThrow(/terminated|fetch failed/)
    const control = new AbortController()
    const { body } = await fetch(url, { signal: control.signal })
    await body?.getReader().read()
    control.abort()
    await left.promise
    expect(await (await fetch(url)).text()).toBe('whole')
  })
})
