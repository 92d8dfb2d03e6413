import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { HttpApi } from './http-api.fixture.ts'
import { applicationId, command, ping, publicKey, signed, strangersKey, text, typed } from './interactions.fixture.ts'
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
const echo = ({ payload }: { payload: Record<string, unknown> }) => [
  { type: 'text', payload: { text: `You said: ${String(payload['text'])}` } },
]

describe('an interactions endpoint', () => {
  it('says that somebody is there', async () => {
    const { tell } = await start()
    expect(await tell(ping())).toEqual({ type: 1 })
  })

  it('says at once that an answer is to come, and gives it by the token of the command', async () => {
    const { tell, running, messages } = await start({ answer: echo })
    expect(await tell(command('say', [text('what', 'hello')], { token: 'once' }))).toEqual({ type: 5 })
    await running.idle()
    expect(messages).toHaveLength(1)
    const [call] = api.called(/^PATCH /)
    expect(call).toMatchObject({
      route: `PATCH /webhooks/${applicationId}/once/messages/@original`,
      body: { content: 'You said: /say hello' },
      authorization: undefined,
    })
    expect(api.sent()).toHaveLength(1)
  })

  it('has nothing to offer while somebody types', async () => {
    const { tell, running, messages } = await start()
    expect(await tell(typed())).toEqual({ type: 8, data: { choices: [] } })
    await running.idle()
    expect(messages).toEqual([])
  })

  it('takes a command once that is sent again', async () => {
    const { tell, running, messages } = await start({ answer: echo })
    const told = command('say', [], { id: '1300000000000000005' })
    await tell(told)
    await tell(told)
    await running.idle()
    expect(messages).toHaveLength(1)
    expect(api.sent()).toHaveLength(1)
  })

  const body = JSON.stringify(command('say'))
  const changed = (name: string, change: (value: string) => string | undefined) => (): Record<string, string> => {
    const { [name]: value = '', ...others } = signed(body)
    const given = change(value)
    return given === undefined ? others : { ...others, [name]: given }
  }
  it.each([
    ['no signature', changed('x-signature-ed25519', () => undefined)],
    ['no time', changed('x-signature-timestamp', () => undefined)],
    ['the signature of somebody else', () => signed(body, { key: strangersKey })],
    ['the signature of another body', () => signed('{}')],
    ['a signature that is no number', changed('x-signature-ed25519', () => 'z'.repeat(128))],
    ['a signature that is too short', changed('x-signature-ed25519', (value) => value.slice(2))],
    ['another time than was signed', changed('x-signature-timestamp', (value) => `${Number(value) + 1}`)],
    ['a time that was more than five minutes ago', () => signed(body, { age: 301 })],
    ['a time that is to come in more than five minutes', () => signed(body, { age: -400 })],
  ])('stores nothing of a request with %s', async (_, headersOf) => {
    const { url, running, messages, client } = await start()
    const post = (headers: Record<string, string>) => fetch(`${url}/discord/webhook`, { method: 'POST', headers, body })
    expect((await post(headersOf())).status).toBe(401)
    await running.idle()
    expect(messages).toEqual([])
    expect((await client.listConversations()).items).toEqual([])
    // Signed rightly, the same comes in.
    expect((await post(signed(body))).status).toBe(200)
  })

  it('believes nobody by a key that is none', async () => {
    const { post } = await start()
    expect((await post(JSON.stringify(ping()), { key: strangersKey })).status).toBe(401)
  })

  it.each(['{"id":', '[]', 'null', '{}', '{"id":"1","type":"2","application_id":"1","token":"t"}', ''])(
    'refuses the body %j, which is no interaction',
    async (wrong) => {
      const { post } = await start()
      const response = await post(wrong)
      expect(response.status).toBe(400)
      expect(await response.json()).toMatchObject({ error: { code: 'request_invalid' } })
    },
  )

  it.each([
    ['without what was done', { ...command('say'), data: undefined }],
    ['without whoever did it', { ...command('say'), member: undefined }],
    ['without where it was', { ...command('say'), channel: undefined, channel_id: undefined }],
    ['of a kind that is not known', { ...command('say'), type: 99 }],
  ])('refuses an interaction %s', async (_, told) => {
    const { post } = await start()
    const response = await post(JSON.stringify(told))
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ error: { code: 'request_invalid' } })
  })

  it('refuses a body that is too large, before it is looked at', async () => {
    const { post, messages } = await start({ serve: { bodyLimit: 10_000 } })
    const response = await post(JSON.stringify(command('say', [text('what', 'x'.repeat(20_000))])))
    expect(response.status).toBe(413)
    expect(messages).toEqual([])
  })

  it('answers other paths and methods with what they are', async () => {
    const { url, post } = await start()
    expect((await post('{}', { path: '/discord/else' })).status).toBe(404)
    expect((await fetch(`${url}/discord/webhook`, { headers: signed('') })).status).toBe(405)
  })

  it('is reached at one address by all applications, each by its id', async () => {
    const { post, running, messages } = await start()
    const path = '/_integrations/discord/webhook'
    expect((await post(JSON.stringify(command('say')), { path })).status).toBe(200)
    const response = await post(JSON.stringify({ ...command('say'), application_id: '7' }), { path })
    expect([response.status, await response.json()]).toMatchObject([404, { error: { code: 'identifier_unknown' } }])
    expect((await post(JSON.stringify(command('say')), { path, key: strangersKey })).status).toBe(401)
    await running.idle()
    expect(messages).toHaveLength(1)
  })
})

describe('the installation', () => {
  it('is registered, and says that Discord has to be told the address', async () => {
    const { running, log } = await start()
    expect(running.installations).toMatchObject([{ active: true, registration: { status: 'registered' } }])
    expect(log.map(({ message }) => message).join()).toContain('Interactions Endpoint URL')
  })

  it('is not, with the key of another application', async () => {
    const { running } = await start({ configuration: { publicKey: publicKey.replace('d', 'e') } })
    expect(running.installations).toMatchObject([
      { active: false, registration: { status: 'failed', failure: { code: 'vendor_unauthorized' } } },
    ])
  })
})
