import type { ServerResponse } from 'node:http'
import whatsapp from '@plugboard/whatsapp'
import { BotDefinition, BotImplementation } from 'plugboard'
import { startBot } from 'plugboard/runtime'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { accessToken, phoneNumberId } from './cloud-api-answers.fixture.ts'
import { type Answering, CloudApi } from './cloud-api.fixture.ts'
import { type SmallBot, smallBot } from './small-bot.fixture.ts'
import { ada, enveloped, grace, written } from './told.fixture.ts'

let api: CloudApi
let bot: SmallBot | undefined
beforeEach(async () => {
  api = await CloudApi.start()
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
    response.write('{"messages":[', () => response.destroy())
  }
  const says = (status: number, body: string) => (response: ServerResponse) => void response.writeHead(status).end(body)
  const no = (status: number, code: number, message = 'x') => ({ status, code, message })
  const account = {
    'x-business-use-case-usage':
      '{"102290129340398":[{"type":"whatsapp","call_count":100,"estimated_time_to_regain_access":19}]}',
  }
  const limited = { code: 'vendor_rate_limited', retryable: true }
  const refused = { code: 'vendor_refused', retryable: false }
  const down = { code: 'vendor_unavailable', retryable: true }

  /** Has the integration send something to somebody who has written. */
  async function failure(answer: Answering): Promise<unknown> {
    const { tell, running, actions } = await start()
    await tell(written('hello', 'wamid.1'))
    const [conversation] = (await running.clientOf('whatsapp').listConversations()).items
    api.instead('message', answer)
    const input = { conversationId: conversation!.id, name: 'hello_world', language: 'en_US' }
    return actions['sendTemplate']!(input).catch((error: unknown) => error)
  }

  it.each<[string, Answering, object]>([
    ['190', no(401, 190, `Malformed access token ${accessToken}`), { code: 'vendor_unauthorized', retryable: false }],
    ['a permission that is missing', no(403, 10), { code: 'vendor_unauthorized', retryable: false }],
    ['130429', no(400, 130429), { ...limited, retryAfter: 1000, retryScope: undefined }],
    ['131056', no(400, 131056), { ...limited, retryAfter: 6000, retryScope: 'conversation' }],
    ['80007', no(400, 80007), { ...limited, retryAfter: 60_000, retryScope: 'installation' }],
    ['80007 with a time', { ...no(400, 80007), headers: account }, { ...limited, retryAfter: 1_140_000 }],
    ['429 with Retry-After', { ...no(429, 4), headers: { 'retry-after': '7' } }, { ...limited, retryAfter: 7000 }],
    ['131047', no(400, 131047), { ...refused, message: expect.stringContaining('only a template') }],
    ['131026', no(400, 131026), { ...refused, message: expect.stringContaining('no WhatsApp') }],
    ['133010', no(400, 133010), { ...refused, message: expect.stringContaining('register') }],
    ['100', { ...no(400, 100), details: 'Recipient' }, { ...refused, message: expect.stringContaining('Recipient') }],
    ['131000', no(500, 131000), down],
    ['a passing error with the status 400', no(400, 131016), down],
    ['a broken connection', breaks, down],
    ['a connection that breaks in the answer', breaksInside, down],
    ['malformed JSON', says(200, '{"messages":[{"id"'), { code: 'vendor_failed', retryable: true }],
    ['JSON that is no answer', says(200, '{"messages":[]}'), { code: 'vendor_failed', retryable: true }],
    ['a page of a proxy', says(502, '<html>Bad Gateway</html>'), down],
  ])('%s', async (_, answer, expected) => {
    const error = await failure(answer)
    expect(error).toMatchObject({ ...expected, where: { integration: 'whatsapp', action: 'sendTemplate' } })
    expect(`${String(error)} ${JSON.stringify(error)} ${String((error as Error).cause)}`).not.toContain(accessToken)
  })

  it('is aborted with its caller, at Meta too', async () => {
    const { tell, running, actions } = await start()
    await tell(written('hello', 'wamid.1'))
    const client = running.clientOf('whatsapp')
    const [conversation] = (await client.listConversations()).items
    const [message] = (await client.listMessages({ conversationId: conversation!.id })).items
    const asked = Promise.withResolvers<void>()
    const left = Promise.withResolvers<void>()
    api.instead('read', (response) => {
      response.on('close', left.resolve)
      asked.resolve()
    })
    const controller = new AbortController()
    const input = { conversationId: conversation!.id, messageId: message!.id }
    const calling = actions['markMessageAsRead']!(input, { signal: controller.signal })
    await asked.promise
    controller.abort()
    await expect(calling).rejects.toMatchObject({ code: 'aborted' })
    await left.promise
  })
})

describe('a bot', () => {
  it('with a wrong token says so, and is not registered', async () => {
    const { running, written: text } = await start({ configuration: { accessToken: 'EAAJwrong-token' } })
    expect(running.installations).toMatchObject([
      { active: false, registration: { status: 'failed', failure: { code: 'vendor_unauthorized' } } },
    ])
    expect(await text()).not.toContain('EAAJwrong-token')
  })

  it('of a shared app that lacks its secrets says which', async () => {
    const definition = new BotDefinition({ name: 'shared' }).addIntegration(whatsapp, {
      configurationType: 'sharedApp',
      configuration: { phoneNumberId, accessToken, apiUrl: api.url },
    })
    const environment = { PLUGBOARD_SECRET_WHATSAPP_APP_SECRET: 'secret' }
    await using running = await startBot(new BotImplementation(definition), { environment, log: () => {} })
    expect(running.installations).toMatchObject([
      {
        active: false,
        registration: { failure: { code: 'secret_missing', message: expect.stringContaining("'VERIFY_TOKEN'") } },
      },
    ])
    expect(api.calls).toEqual([])
  })

  it('with what cannot be the id of a number does not start', async () => {
    await expect(start({ configuration: { phoneNumberId: '+1 555-078-3881' } })).rejects.toMatchObject({
      problems: [{ code: 'configuration_invalid', path: 'whatsapp.configuration.phoneNumberId' }],
    })
  })
})

describe('a message that cannot be sent', () => {
  const tell = async (...answers: readonly Answering[]): Promise<SmallBot> => {
    const started = await start({ answer: () => [{ type: 'text', payload: { text: 'answer' } }] })
    api.instead('message', ...answers)
    await started.tell(written('hello', 'wamid.1'))
    return started
  }

  it('now is sent again', async () => {
    const { running } = await tell(
      (response) => response.destroy(),
      (response) => response.end('{'),
      { status: 500, code: 131000, message: 'Something went wrong' },
      { status: 400, code: 130429, message: 'Rate limit hit' },
    )
    expect(api.called('message')).toHaveLength(5)
    expect((await running.deadLetters()).items).toEqual([])
  })

  it('since nothing was heard for a day is put aside at once, with the way out', async () => {
    const { running } = await tell({ status: 400, code: 131047, message: 'Re-engagement message' })
    expect(api.called('message')).toHaveLength(1)
    expect((await running.deadLetters()).items).toMatchObject([
      { code: 'vendor_refused', message: expect.stringContaining('only a template reaches them') },
    ])
  })

  it('to one person now holds up nobody else', async () => {
    const { post } = await start({ answer: () => [{ type: 'text', payload: { text: 'answer' } }] })
    const headers = { 'retry-after': '600' }
    api.instead('message', { status: 400, code: 131056, message: 'pair rate limit hit', headers })
    const receivers = () => api.called('message').map(({ to }) => to)
    await post(enveloped(written('hello', 'wamid.1')))
    await expect.poll(receivers).toEqual([ada.wa_id])
    await post(enveloped(written('hello', 'wamid.2', grace)))
    await expect.poll(receivers).toEqual([ada.wa_id, grace.wa_id])
  })
})
