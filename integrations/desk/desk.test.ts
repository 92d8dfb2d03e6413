import published from '@plugboard/desk'
import { BotDefinition, IntegrationDefinition, IntegrationImplementation, messages } from 'plugboard'
import hitl from 'plugboard/plugins/hitl'
import { serve, startBot, withHandlers } from 'plugboard/runtime'
import { describe, expect, it } from 'vitest'

const key = 'a key of some length'
const { text, image } = messages.defaults

function room() {
  const sent: unknown[] = []
  const definition = new IntegrationDefinition({ name: 'room', channels: { room: { messages: { text, image } } } })
  const keep = async ({ payload }: { payload: unknown }) => void sent.push(payload)
  const installable = definition.implementedBy(async () => ({
    default: new IntegrationImplementation(definition, {
      channels: { room: { messages: { text: keep, image: keep } } },
    }),
  }))
  return Object.assign(installable, { sent })
}

/** What the handler of requests is given, as far as it is changed here. */
interface Handled {
  readonly req: { readonly path: string }
  readonly client: { setState(state: object): Promise<unknown> }
}

/** What the desk answers. */
interface Answered {
  readonly sessions?: readonly { readonly id: string }[]
  readonly session?: { readonly isOver: boolean }
  readonly messages?: readonly object[]
  readonly error?: { readonly code: string }
}

/** A bot in whose room somebody has asked for help. */
async function start(desk = published) {
  const channel = room()
  // #region use
  const bot = new BotDefinition()
    .addIntegration(channel)
    .addIntegration(desk, { configuration: { key } })
    .addPlugin(hitl, { configuration: { startCommand: '/human' } })
  // #endregion
  const running = await startBot(bot, { environment: {}, log: () => {} })
  const client = running.clientOf('room')
  const { user } = await client.getOrCreateUser({ tags: { id: '1' }, name: 'Ada' })
  const { conversation } = await client.getOrCreateConversation({ channel: 'room', tags: {} })
  const say = async (payload: object, type = 'text') => {
    await client.createMessage({ conversationId: conversation.id, userId: user.id, type, payload })
    await running.idle()
  }
  const ask = async (method: string, path: string, body?: unknown, bearer = key) => {
    const given = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body)
    const response = await running.receive('desk', {
      method,
      path,
      query: '',
      headers: { authorization: `Bearer ${bearer}` },
      ...(given !== undefined && { body: given }),
      rawBody: Buffer.from(given ?? ''),
      signal: new AbortController().signal,
    })
    await running.idle()
    const { status = 200, headers, body: answer = '' } = response
    const page = typeof answer === 'string' ? answer : ''
    return { status, headers, page, body: (page === '' || path === '/' ? {} : JSON.parse(page)) as Answered }
  }
  const open = async (): Promise<string> => (await ask('GET', '/sessions')).body.sessions?.at(-1)?.id ?? ''
  return Object.assign(running, { say, ask, open, sent: channel.sent })
}

async function served(bot: Awaited<ReturnType<typeof start>>) {
  const { url, close } = await serve(() => bot, { port: 0 })
  return { url, [Symbol.asyncDispose]: close }
}

const write = (words: string, clientMessageId: string) => ({ name: 'Grace', text: words, clientMessageId })

describe('the desk', () => {
  it('shows who waits, with what was said, and passes on what is said', async () => {
    await using bot = await start()
    expect((await bot.ask('GET', '/sessions')).body).toEqual({ sessions: [] })
    await bot.say({ text: 'The lamp is broken' })
    await bot.say({ text: '/human' })
    const id = await bot.open()
    expect((await bot.ask('GET', '/sessions')).body.sessions).toMatchObject([
      { id, title: 'Somebody asks for help', name: 'Ada', agents: [], isOver: false },
    ])
    await bot.ask('POST', `/sessions/${id}/take`, { name: 'Grace' })
    await bot.ask('POST', `/sessions/${id}/messages`, write('Which one?', 'a'))
    await bot.say({ imageUrl: 'https://example.com/lamp.png' }, 'image')
    const { session, messages: said } = (await bot.ask('GET', `/sessions/${id}`)).body
    expect(session).toMatchObject({ agents: ['Grace'], isOver: false })
    expect(said).toMatchObject([
      { from: 'user', name: 'Ada', type: 'text', payload: { text: 'The lamp is broken' } },
      { from: 'user', name: 'Ada', payload: { text: '/human' } },
      { from: 'agent', name: 'Grace', payload: { text: 'Which one?' } },
      { from: 'user', name: 'Ada', type: 'image', payload: { imageUrl: 'https://example.com/lamp.png' } },
    ])
    expect(bot.sent.slice(-2)).toEqual([{ text: 'Grace is with you now.' }, { text: 'Grace: Which one?' }])
  })

  it('gives the files of a session, those in others too, as what they are, and no others', async () => {
    await using bot = await start()
    await bot.say({ imageUrl: 'data:image/png;base64,YQ==' }, 'image')
    await bot.say({ text: '/human' })
    const id = await bot.open()
    const client = bot.clientOf('desk')
    await client.uploadFile({ key: 'room/1', content: '<b>', contentType: 'text/html', tags: { name: 'a.html' } })
    const { user } = await client.getOrCreateUser({ tags: { id: 'agent Edsger' }, name: 'Edsger' })
    const show = (type: string, payload: object) =>
      client.createMessage({ conversationId: id, userId: user.id, type, payload })
    const fileUrl = 'http://127.0.0.1:3000/room/files/1'
    await show('bloc', { items: [{ type: 'file', payload: { fileUrl, title: 'The page' } }] })
    await show('audio', { audioUrl: 'http://127.0.0.1:1/none.mp3' })
    const { messages: said = [] } = (await bot.ask('GET', `/sessions/${id}`)).body
    const files = (said as { files: { id: string; name: string }[] }[]).flatMap((message) => message.files)
    expect(files).toMatchObject([
      { name: 'file', isPicture: true },
      { name: 'The page', isPicture: false, url: fileUrl },
      { name: 'file', isPicture: false },
    ])
    await using server = await served(bot)
    const read = async (file = '', bearer = key) => {
      const headers = { authorization: `Bearer ${bearer}` }
      const response = await fetch(`${server.url}/desk/sessions/${id}/files/${file}`, { headers })
      const [disposition = ''] = (response.headers.get('content-disposition') ?? '').split(';')
      return [response.status, response.headers.get('content-type'), disposition, await response.text()]
    }
    const [picture, page, gone] = files.map((file) => file.id)
    expect(await read(picture)).toEqual([200, 'image/png', 'inline', 'a'])
    expect(await read(page)).toEqual([200, 'text/html', 'attachment', '<b>'])
    expect((await read(page, 'a wrong key'))[0]).toBe(401)
    for (const none of [gone, 'x'.repeat(43)]) {
      const [status, , , answer] = await read(none)
      expect([status, JSON.parse(String(answer))]).toMatchObject([404, { error: { code: 'file_unknown' } }])
    }
  })

  it('tells who waits apart, with their last words', async () => {
    await using bot = await start()
    await bot.say({ text: 'The lamp\nis broken' })
    await bot.say({ text: '/human' })
    const listed = async () => {
      const { sessions = [] } = (await bot.ask('GET', '/sessions')).body
      return sessions as readonly { id: string; name: string; words?: string; createdAt: string }[]
    }
    expect(await listed()).toMatchObject([{ name: 'Ada', words: 'The lamp is broken', agents: [] }])
    await bot.say({ text: 'word '.repeat(100) })
    expect((await listed())[0]?.words).toMatch(/^(?:word )+.*…$/)
    await bot.say({ imageUrl: 'https://example.com/lamp.png' }, 'image')
    await bot.ask('POST', `/sessions/${await bot.open()}/messages`, write('Which one?', 'a'))
    expect((await listed())[0]?.words).toBe('(image)')
    const { desk: actions } = bot.actions as unknown as {
      desk: {
        createUser(input: object): Promise<{ userId: string }>
        startHitl(input: object): Promise<unknown>
      }
    }
    for (const title of ['One', 'Two']) {
      const { userId } = await actions.createUser({})
      await actions.startHitl({ userId, title })
    }
    const [, one, two] = await listed()
    expect(one?.name).toMatch(/^Visitor [\da-f]{4}$/)
    expect(two?.name).not.toBe(one?.name)
    expect(one).not.toHaveProperty('words')
    expect(Date.parse(one?.createdAt ?? '')).toBeGreaterThan(0)
  })

  it('does once what is done twice', async () => {
    await using bot = await start()
    await bot.say({ text: '/human' })
    const id = await bot.open()
    for (let times = 0; times < 2; times += 1) {
      await bot.ask('POST', `/sessions/${id}/take`, { name: 'Grace' })
      await bot.ask('POST', `/sessions/${id}/messages`, write('Hello', 'same'))
    }
    const greetings = bot.sent.filter((payload) => JSON.stringify(payload).includes('Grace'))
    expect(greetings).toEqual([{ text: 'Grace is with you now.' }, { text: 'Grace: Hello' }])
  })

  it('does once what comes twice at once, and nothing by a request that was changed', async () => {
    await using bot = await start()
    await bot.say({ text: '/human' })
    const id = await bot.open()
    // As a browser sends it.
    await using server = await served(bot)
    const post = async (deed: string, body: string, bearer = key) => {
      const headers = { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' }
      const response = await fetch(`${server.url}/desk/sessions/${id}/${deed}`, { method: 'POST', headers, body })
      return response.status
    }
    const hello = JSON.stringify(write('Hello', 'same'))
    const statuses = await Promise.all([1, 2, 3].map(() => post('messages', hello)))
    expect(statuses.every((status) => status === 200 || status === 202)).toBe(true)
    expect(await post('messages', '{"name":"Grace",')).toBe(400)
    expect(await post('messages', hello, `${key} `.repeat(2))).toBe(401)
    expect(await post('messages', JSON.stringify(write('x'.repeat(70_000), 'long')))).toBe(413)
    await bot.idle()
    const heard = bot.sent.filter((payload) => JSON.stringify(payload).includes('Hello'))
    expect(heard).toEqual([{ text: 'Grace: Hello' }])
    expect((await bot.ask('GET', `/sessions/${id}`)).body.messages).toHaveLength(2)
  })

  it('ends a session for both sides', async () => {
    await using bot = await start()
    await bot.say({ text: '/human' })
    const id = await bot.open()
    expect((await bot.ask('POST', `/sessions/${id}/end`, { name: 'Grace' })).status).toBe(202)
    expect(bot.sent.at(-1)).toEqual({ text: 'The conversation with our team has ended. I am here again.' })
    expect((await bot.ask('GET', '/sessions')).body).toEqual({ sessions: [] })
    const late = await bot.ask('POST', `/sessions/${id}/messages`, write('Wait', 'b'))
    expect(late).toMatchObject({ status: 409, body: { error: { code: 'session_over' } } })
    await bot.say({ text: '/human' })
    await bot.say({ text: '/stop' })
    expect((await bot.ask('GET', `/sessions/${id}`)).body.session?.isOver).toBe(true)
    expect((await bot.ask('GET', '/sessions')).body).toEqual({ sessions: [] })
  })

  it('stays over when somebody ends it while somebody else takes it', async () => {
    const gate = { isOpen: Promise.resolve() }
    // Whoever takes a session writes down what it was before, once the gate opens.
    const slow = withHandlers(
      published as never,
      ((handlers: { handler(props: Handled): unknown }) => ({
        ...handlers,
        handler: (props: Handled) => {
          if (!props.req.path.endsWith('/take')) return handlers.handler(props)
          const setState = async (state: object) => {
            await gate.isOpen
            return props.client.setState(state)
          }
          return handlers.handler({ ...props, client: { ...props.client, setState } })
        },
      })) as never,
    ) as unknown as typeof published
    await using bot = await start(slow)
    await bot.say({ text: '/human' })
    const id = await bot.open()
    const { promise, resolve } = Promise.withResolvers<void>()
    gate.isOpen = promise
    const taken = bot.ask('POST', `/sessions/${id}/take`, { name: 'Edsger' })
    await bot.ask('POST', `/sessions/${id}/end`, { name: 'Grace' })
    resolve()
    expect((await taken).status).toBe(202)
    expect((await bot.ask('GET', `/sessions/${id}`)).body.session).toMatchObject({ isOver: true })
    expect((await bot.ask('POST', `/sessions/${id}/messages`, write('Wait', 'late'))).status).toBe(409)
  })

  it('lists everybody who waits, however many there are', async () => {
    await using bot = await start()
    await bot.say({ text: '/human' })
    const { user } = await bot.clientOf('desk').getOrCreateUser({ tags: { id: 'many' }, name: 'Many' })
    const { desk: actions } = bot.actions as unknown as { desk: { startHitl(input: object): Promise<unknown> } }
    for (let count = 1; count < 103; count += 1) await actions.startHitl({ userId: user.id, title: `Number ${count}` })
    expect((await bot.ask('GET', '/sessions')).body.sessions).toHaveLength(103)
  })

  it('shows a page that holds nothing, and nothing else to whoever has not the key', async () => {
    await using bot = await start()
    await bot.say({ text: '/human' })
    const { status, headers, page } = await bot.ask('GET', '/', undefined, 'a wrong key')
    expect(status).toBe(200)
    expect(headers?.['content-security-policy']).toContain("frame-ancestors 'none'")
    expect(page).not.toContain('Ada')
    for (const [method, path] of [
      ['GET', '/sessions'],
      ['GET', `/sessions/${await bot.open()}`],
      ['POST', `/sessions/${await bot.open()}/end`],
      ['POST', '/'],
    ] as const)
      for (const wrong of ['a wrong key', `${key}x`, ''])
        expect((await bot.ask(method, path, method === 'POST' ? { name: 'Eve' } : undefined, wrong)).status).toBe(401)
    expect((await bot.ask('GET', '/sessions')).body.sessions).toHaveLength(1)
  })

  it.each([
    ['GET', '/elsewhere', undefined, 404, 'not_found'],
    ['GET', '/sessions/none', undefined, 404, 'session_unknown'],
    ['POST', '/sessions', {}, 405, 'method_not_allowed'],
    ['POST', '/sessions/<id>/messages', 'no json', 400, 'request_invalid'],
    ['POST', '/sessions/<id>/messages', { name: 'Grace', text: ' ', clientMessageId: 'a' }, 400, 'request_invalid'],
    ['POST', '/sessions/<id>/take', { name: '' }, 400, 'request_invalid'],
    ['POST', '/sessions/<id>/take', { name: 'x'.repeat(70_000) }, 413, 'body_too_large'],
  ])('refuses %s %s', async (method, path, body, status, code) => {
    await using bot = await start()
    await bot.say({ text: '/human' })
    const before = [...bot.sent]
    const answer = await bot.ask(method, path.replace('<id>', await bot.open()), body)
    expect(answer).toMatchObject({ status, body: { error: { code } } })
    expect(bot.sent).toEqual(before)
  })

  it('asks for a key that cannot be guessed', async () => {
    const bot = new BotDefinition().addIntegration(published, { configuration: { key: 'short' } })
    await expect(startBot(bot, { environment: {} })).rejects.toMatchObject({
      problems: [{ code: 'configuration_invalid' }],
    })
  })
})
