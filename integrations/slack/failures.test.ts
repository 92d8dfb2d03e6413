import type { ServerResponse } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fromAda } from './requests.fixture.ts'
import { type SmallBot, smallBot } from './small-bot.fixture.ts'
import { limited, token, WebApi } from './web-api.fixture.ts'

let api: WebApi
let bot: SmallBot | undefined
beforeEach(async () => {
  api = await WebApi.start()
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

describe('a call that fails', () => {
  const breaks = (response: ServerResponse): void => void response.destroy()
  const breaksInside = (response: ServerResponse): void => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': 100 })
    response.write('{"ok":true,', () => response.destroy())
  }
  const says =
    (status: number, body: string, headers: Record<string, string> = {}) =>
    (response: ServerResponse): void =>
      void response.writeHead(status, headers).end(body)

  it.each([
    ['a wrong token', { error: 'invalid_auth' }, { code: 'vendor_unauthorized', retryable: false }],
    ['a token that was taken back', { error: 'token_revoked' }, { code: 'vendor_unauthorized', retryable: false }],
    [
      'a scope that is missing',
      { error: 'missing_scope', needed: 'users:read.email' },
      { code: 'vendor_unauthorized', message: expect.stringContaining("'users:read.email'") },
    ],
    ['429 with a time to wait', limited(7), { code: 'vendor_rate_limited', retryable: true, retryAfter: 7000 }],
    ['429 without one', says(429, ''), { code: 'vendor_rate_limited', retryable: true, retryAfter: undefined }],
    [
      'the same in words',
      says(200, '{"ok":false,"error":"ratelimited"}', { 'retry-after': '9' }),
      { code: 'vendor_rate_limited', retryable: true, retryAfter: 9000 },
    ],
    ['what is not there', { error: 'users_not_found' }, { code: 'vendor_refused', retryable: false }],
    ['a channel that is not there', { error: 'channel_not_found' }, { code: 'vendor_refused', retryable: false }],
    ['a message that is too long', { error: 'msg_too_long' }, { code: 'vendor_refused', retryable: false }],
    ['a bad moment of Slack', { error: 'internal_error' }, { code: 'vendor_unavailable', retryable: true }],
    ['a broken connection', breaks, { code: 'vendor_unavailable', retryable: true }],
    ['a connection that breaks in the answer', breaksInside, { code: 'vendor_unavailable', retryable: true }],
    ['malformed JSON', says(200, '{"ok":tru'), { code: 'vendor_failed', retryable: true }],
    ['JSON that is no answer', says(200, '{"fine":true}'), { code: 'vendor_failed', retryable: true }],
    ['a page of a proxy', says(502, '<html>Bad Gateway</html>'), { code: 'vendor_unavailable', retryable: true }],
    ['another place', says(302, '', { location: '/login' }), { code: 'vendor_unavailable', retryable: true }],
  ])('%s', async (_, answer, expected) => {
    const { actions } = await start()
    api.instead('users.lookupByEmail', answer)
    const error: unknown = await actions['findPerson']!({ email: 'ada@example.com' }).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ ...expected, where: { integration: 'slack', action: 'findPerson' } })
    expect(`${String(error)} ${JSON.stringify(error)} ${String((error as Error).cause)}`).not.toContain(token)
    // The client of Slack does not try again by itself.
    expect(api.called('users.lookupByEmail')).toHaveLength(1)
  })

  it('is aborted with its caller, at Slack too', async () => {
    const { actions } = await start()
    const asked = Promise.withResolvers<void>()
    const left = Promise.withResolvers<void>()
    api.instead('users.lookupByEmail', (response) => {
      response.on('close', left.resolve)
      asked.resolve()
    })
    const controller = new AbortController()
    const calling = actions['findPerson']!({ email: 'ada@example.com' }, { signal: controller.signal })
    await asked.promise
    controller.abort()
    await expect(calling).rejects.toMatchObject({ code: 'aborted' })
    await left.promise
  })
})

describe('a bot', () => {
  it('with a wrong token says so, and is not registered', async () => {
    const { running, log } = await start({ configuration: { botToken: 'xoxb-0-wrong' } })
    expect(running.installations).toMatchObject([
      { active: false, registration: { status: 'failed', failure: { code: 'vendor_unauthorized' } } },
    ])
    expect(JSON.stringify([running.installations, log])).not.toContain('xoxb-0-wrong')
  })

  it('with what cannot be a token does not start', async () => {
    await expect(start({ configuration: { botToken: 'xoxp-of-a-person' } })).rejects.toMatchObject({
      problems: [{ code: 'configuration_invalid', path: 'slack.configuration.botToken' }],
    })
  })
})

describe('a message that cannot be sent', () => {
  const tell = async (...answers: Parameters<WebApi['instead']>[1][]): Promise<SmallBot> => {
    const started = await start({ answer: () => [{ type: 'text', payload: { text: 'answer' } }] })
    api.instead('chat.postMessage', ...answers)
    await started.tell(fromAda())
    return started
  }

  it('now is sent again, when Slack wants it', async () => {
    const { running } = await tell(
      (response) => response.destroy(),
      (response) => response.end('{'),
      { error: 'fatal_error' },
      limited(1),
    )
    expect(api.called('chat.postMessage')).toHaveLength(5)
    expect((await running.deadLetters()).items).toEqual([])
  })

  it('since the bot is not in the channel is put aside at once, with what to do', async () => {
    const { running } = await tell({ error: 'not_in_channel' })
    expect(api.called('chat.postMessage')).toHaveLength(1)
    expect((await running.deadLetters()).items).toMatchObject([
      { code: 'vendor_refused', message: expect.stringContaining('/invite') },
    ])
  })
})

describe('a file', () => {
  const told = async () => {
    const started = await start()
    const { tell, messages } = started
    api.workspace.files.set('F0A', { name: 'F0A.x', mimetype: 'image/png', content: 'a picture' })
    const file = { id: 'F0A', name: 'F0A.x', title: 'F0A.x', mimetype: 'image/png' }
    await tell(fromAda({ subtype: 'file_share', files: [file] }))
    return { ...started, url: String(messages[0]?.payload['imageUrl']) }
  }
  const image = { 'content-type': 'image/png', 'content-length': 1_000_000 }

  it('that breaks off at Slack is no whole one to who reads them, and the bot goes on', async () => {
    const { url, written } = await told()
    api.instead(
      'file F0A',
      (response) => {
        response.writeHead(200, image)
        response.write('half', () => response.destroy())
      },
      (response) => response.destroy(),
    )
    const whole = async () => (await fetch(url)).text()
    await expect(whole()).rejects.toThrow(/terminated|fetch failed/)
    expect((await fetch(url)).status).toBe(500)
    expect(await whole()).toBe('a picture')
    expect(await written()).not.toContain(token)
  })

  it('is left at Slack when who reads it leaves', async () => {
    const { url } = await told()
    const left = Promise.withResolvers<void>()
    api.instead('file F0A', (response) => {
      response.on('close', left.resolve)
      response.writeHead(200, image)
      response.write('half')
    })
    const control = new AbortController()
    const { body } = await fetch(url, { signal: control.signal })
    const piece = await body?.getReader().read()
    expect(new TextDecoder().decode(piece?.value)).toBe('half')
    control.abort()
    await left.promise
  })
})
