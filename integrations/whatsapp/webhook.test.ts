import whatsapp from '@plugboard/whatsapp'
import { BotDefinition, BotImplementation } from 'plugboard'
import { serve, startBot } from 'plugboard/runtime'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { accessToken, phoneNumberId } from './cloud-api-answers.fixture.ts'
import { CloudApi } from './cloud-api.fixture.ts'
import { type SmallBot, smallBot } from './small-bot.fixture.ts'
import { appSecret, enveloped, fromPerson, signed, statusOf, verifyToken, written } from './told.fixture.ts'

let api: CloudApi
let bot: SmallBot
beforeEach(async () => {
  api = await CloudApi.start()
  bot = await smallBot({
    apiUrl: api.url,
    answer: ({ payload }) => [{ type: 'text', payload: { text: `You said: ${String(payload['text'])}` } }],
    serve: { bodyLimit: 20_000 },
  })
})
afterEach(async () => {
  await bot[Symbol.asyncDispose]()
  await api[Symbol.asyncDispose]()
})
const asked = (token: string, more = '') =>
  `hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=${encodeURIComponent(token)}${more}`

describe('the address of the webhook, when somebody enters it', () => {
  const enter = async (query: string) => {
    const response = await fetch(`${bot.url}/whatsapp/webhook?${query}`)
    return [response.status, response.headers.get('content-type'), await response.text()]
  }

  it('answers the challenge of whoever knows the token, as often as it is asked', async () => {
    for (const token of [verifyToken, verifyToken, `${phoneNumberId}.${verifyToken}`])
      expect(await enter(asked(token))).toEqual([200, 'text/plain; charset=utf-8', '1158201444'])
  })

  it.each(['', 'wrong', `${verifyToken} `, verifyToken.slice(1), `1.${verifyToken}`])(
    'tells whoever gives the token %j nothing',
    async (token) => {
      const [status, , text] = await enter(asked(token))
      expect([status, String(text).includes('1158201444')]).toEqual([401, false])
    },
  )

  it('wants to be asked for something', async () => {
    expect((await enter(`hub.verify_token=${verifyToken}`))[0]).toBe(400)
  })
})

describe('what Meta tells', () => {
  it('is heard and answered', async () => {
    expect(await bot.tell(written('hello', 'wamid.A'))).toEqual([200])
    expect(bot.messages).toEqual([
      {
        type: 'text',
        id: expect.any(String),
        conversationId: expect.any(String),
        payload: { text: 'hello' },
        tags: { id: 'wamid.A' },
        conversation: { channel: 'direct', id: '16505551234', phone: '16505551234' },
        user: { name: 'Ada Lovelace', id: '16505551234', phone: '16505551234' },
      },
    ])
    expect(api.called('message')).toEqual([
      {
        messaging_product: 'whatsapp',
        recipient_type: 'individual',
        to: '16505551234',
        biz_opaque_callback_data: expect.stringMatching(/^plugboard\/[^/]+\/1\/1$/),
        type: 'text',
        text: { body: 'You said: hello', preview_url: true },
      },
    ])
  })

  it('is taken once, if it comes again: alone, among others, and from two at once', async () => {
    const one = enveloped(written('once', 'wamid.A'))
    const both = JSON.stringify({
      object: 'whatsapp_business_account',
      entry: [JSON.parse(one).entry[0], JSON.parse(enveloped(written('other', 'wamid.B'))).entry[0]],
    })
    const answers = await Promise.all([bot.post(one), bot.post(one)])
    // Whoever comes while the first is being taken may be asked to come again.
    expect(answers.map(({ status }) => status)).toContain(200)
    for (const body of [one, both, both]) expect((await bot.post(body)).status).toBe(200)
    await bot.running.idle()
    expect(bot.messages.map(({ payload }) => payload['text'])).toEqual(['once', 'other'])
    expect(api.called('message')).toHaveLength(2)
  })

  it('has each status of a message once', async () => {
    await bot.tell(statusOf('wamid.X', 'sent'), statusOf('wamid.X', 'sent'), statusOf('wamid.X', 'read'))
    expect(bot.events.map(({ payload }) => payload['status'])).toEqual(['sent', 'read'])
  })

  const body = enveloped(written('forged', 'wamid.F'))
  it.each([
    ['no signature', { 'x-hub-signature-256': '' }],
    ['the signature of another secret', signed(body, 'another')],
    ['the signature of another body', signed(`${body} `)],
    ['a signature without its prefix', { 'x-hub-signature-256': signed(body)['x-hub-signature-256'].slice(7) }],
    ['the old signature by SHA-1 alone', { 'x-hub-signature': 'sha1=68b5ec2a1a4d2a63c0a4e7d5b35c2ad5c1e0f5f5' }],
    ['the verify token', { 'x-hub-signature-256': `sha256=${verifyToken}` }],
  ])('with %s is refused, and nothing is stored', async (_, headers) => {
    expect((await bot.post(body, headers as Record<string, string>)).status).toBe(401)
    await bot.running.idle()
    expect(bot.messages).toEqual([])
    expect((await bot.running.clientOf('whatsapp').listConversations()).items).toEqual([])
    // What was refused is free: the true one comes in.
    expect((await bot.post(body)).status).toBe(200)
  })

  it('is signed byte by byte: the same JSON, written otherwise, is forged', async () => {
    const spaced = JSON.stringify(JSON.parse(body), undefined, 1)
    expect((await bot.post(spaced, signed(body))).status).toBe(401)
    expect((await bot.post(spaced, signed(spaced))).status).toBe(200)
  })

  it.each(['{"object":', '[]', 'null', '{}', '{"object":"page","entry":[]}', ''])(
    'is not the body %j',
    async (other) => {
      const response = await bot.post(other)
      expect(response.status).toBe(400)
      expect(await response.json()).toMatchObject({ error: { code: 'request_invalid' } })
    },
  )

  it('is refused where it is too large, before it is looked at', async () => {
    const large = enveloped(written('x'.repeat(30_000), 'wamid.L'))
    expect((await bot.post(large)).status).toBe(413)
    expect(bot.messages).toEqual([])
  })

  it('of another number is left aside', async () => {
    expect((await bot.post(enveloped(written('for another'), { number: '999999999999999' }))).status).toBe(200)
    await bot.running.idle()
    expect(bot.messages).toEqual([])
    expect(JSON.stringify(bot.log)).toContain('of another number')
  })

  it('of a whole account is an event', async () => {
    const value = { event: 'APPROVED', message_template_name: 'hello_world', message_template_language: 'en_US' }
    const told = JSON.parse(enveloped(value, { field: 'message_template_status_update' }))
    delete told.entry[0].changes[0].value.metadata
    expect((await bot.post(JSON.stringify(told))).status).toBe(200)
    await bot.running.idle()
    expect(bot.events).toMatchObject([
      {
        type: 'whatsapp:updateReceived',
        payload: { kind: 'message_template_status_update', update: { event: 'APPROVED' } },
      },
    ])
  })

  it('at other paths and by other methods is answered with what it is', async () => {
    const at = async (path: string, method: string) =>
      (await fetch(`${bot.url}/whatsapp${path}`, { method, headers: signed('') })).status
    expect([await at('/webhook', 'PUT'), await at('/else', 'POST')]).toEqual([405, 404])
  })
})

describe('the address that numbers share', () => {
  it('leads to the installation of each, which answers for its own token, and takes what is for none', async () => {
    const other = '200000000000000'
    const configuration = { accessToken, apiUrl: api.url }
    const definition = new BotDefinition({ name: 'shared' })
      .addIntegration(whatsapp, {
        alias: 'shop',
        configurationType: 'sharedApp',
        configuration: { ...configuration, phoneNumberId },
      })
      .addIntegration(whatsapp, {
        alias: 'desk',
        configurationType: 'sharedApp',
        configuration: { ...configuration, phoneNumberId: other },
      })
    // The server knows one number, and takes another for the id of a file.
    api.instead('media', (response) =>
      response.end(JSON.stringify({ id: other, display_phone_number: '+49 30 123456' })),
    )
    const heard: string[] = []
    const implementation = new BotImplementation(definition)
    implementation.on.message('*', async ({ conversation }) => void heard.push(conversation.integration))
    const served: { bot?: ReturnType<Parameters<typeof serve>[0]> } = {}
    const server = await serve(() => served.bot, { port: 0 })
    const environment = Object.fromEntries(
      ['SHOP', 'DESK'].flatMap((alias) => [
        [`PLUGBOARD_SECRET_${alias}_APP_SECRET`, appSecret],
        [`PLUGBOARD_SECRET_${alias}_VERIFY_TOKEN`, verifyToken],
      ]),
    )
    const running = await startBot(implementation, { url: server.url, environment, log: () => {} })
    served.bot = running
    try {
      const address = `${server.url}/_integrations/whatsapp/webhook`
      const enter = async (token: string) => {
        const response = await fetch(`${address}?${asked(token)}`)
        return [response.status, await response.text()]
      }
      expect(await enter(`${other}.${verifyToken}`)).toEqual([200, '1158201444'])
      expect((await enter(`${other}.wrong`))[0]).toBe(401)
      expect((await enter(verifyToken))[0]).toBe(404)
      const send = async (body: string, headers = signed(body)) => {
        const response = await fetch(address, { method: 'POST', headers, body })
        await running.idle()
        return response.status
      }
      expect(await send(enveloped(written('one', 'wamid.1')))).toBe(200)
      expect(await send(enveloped(written('two', 'wamid.2'), { number: other }))).toBe(200)
      expect(await send(enveloped(written('forged', 'wamid.3')), signed('forged'))).toBe(401)
      expect(await send(enveloped(fromPerson({ type: 'text', text: { body: 'x' } }), { number: '3' }))).toBe(404)
      expect(
        await send('{"object":"whatsapp_business_account","entry":[{"changes":[{"field":"x","value":{}}]}]}'),
      ).toBe(200)
      expect(heard).toEqual(['shop', 'desk'])
    } finally {
      await server.close()
      await running.stop()
    }
  })
})
