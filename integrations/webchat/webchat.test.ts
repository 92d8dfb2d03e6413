import { describe, expect, it } from 'vitest'
import { serveSmallBot } from './small-bot.fixture.ts'
import { said, Visitor } from './visitor.fixture.ts'

const text = (from: 'visitor' | 'bot', content: string): string => `${from} text {"text":${JSON.stringify(content)}}`
const failed = async (response: Response) => [
  response.status,
  ((await response.json()) as { error: { code: string; message: string } }).error.code,
]

describe('a visitor of the web chat', () => {
  it('says something and is answered', async () => {
    await using bot = await serveSmallBot()
    const ada = await Visitor.at(bot.url)
    const seen = ada.events(2)
    const response = await ada.post({ text: 'hello', clientMessageId: 'first' })
    const taken = (await response.json()) as { messageId: string; conversationId: string }
    expect([response.status, taken]).toEqual([
      202,
      { messageId: expect.any(String), conversationId: expect.any(String) },
    ])
    const messages = (await seen).map(({ message }) => message)
    expect(said(messages)).toEqual([text('visitor', 'hello'), text('bot', 'You said: hello')])
    expect(messages[0]).toMatchObject({ id: taken.messageId, clientMessageId: 'first' })
    expect(messages[1]).not.toHaveProperty('clientMessageId')
    expect(Number.isNaN(Date.parse(messages[1]?.createdAt ?? ''))).toBe(false)
    expect((await bot.running.deadLetters()).items).toEqual([])
  })

  it('gets messages of every default type as they are', async () => {
    await using bot = await serveSmallBot()
    const ada = await Visitor.at(bot.url)
    const words = [
      'choose',
      'dropdown',
      'card',
      'carousel',
      'image',
      'sound',
      'film',
      'paper',
      'formatted',
      'mixed',
      'where',
    ]
    for (const word of words) await ada.say(word)
    await bot.running.idle()
    const { messages } = await ada.history()
    const answers = messages.filter(({ from }) => from === 'bot')
    expect(answers.map(({ type }) => type)).toEqual([
      'choice',
      'dropdown',
      'card',
      'carousel',
      'image',
      'audio',
      'video',
      'file',
      'markdown',
      'bloc',
      'location',
    ])
    expect(answers[0]?.payload).toMatchObject({ text: 'Tea or coffee?', options: [{ value: 'tea, please' }, {}] })
    expect(answers.at(-1)?.payload).toEqual({ latitude: 1, longitude: 2, title: 'Here' })
  })

  it('misses nothing that came while it was away, and sees nothing twice', async () => {
    await using bot = await serveSmallBot()
    const ada = await Visitor.at(bot.url)
    await ada.say('one')
    const [question, answer] = await ada.events(2)
    await ada.say('two')
    await ada.say('twice')
    await bot.running.idle()
    const rest = [
      text('visitor', 'two'),
      text('bot', 'You said: two'),
      text('visitor', 'twice'),
      text('bot', 'one'),
      text('bot', 'two'),
    ]
    const after = await ada.events(5, answer?.id)
    expect(said(after.map(({ message }) => message))).toEqual(rest)
    const again = await ada.events(6, question?.id)
    expect(said(again.map(({ message }) => message))).toEqual([text('bot', 'You said: one'), ...rest])
    const byQuery = await ada.ask(`events?after=${after[3]?.id}`)
    const reader = byQuery.body?.pipeThrough(new TextDecoderStream()).getReader()
    let got = ''
    while (!got.includes('data:')) got += (await reader?.read())?.value ?? ''
    await reader?.cancel()
    expect(got).toContain(`id: ${after[4]?.id}\n`)
    expect(got.match(/data:/g)).toHaveLength(1)
  })

  it('goes on where the history ends', async () => {
    await using bot = await serveSmallBot()
    const ada = await Visitor.at(bot.url)
    expect(await ada.history()).toEqual({ conversationId: null, messages: [], hasEarlier: false, position: '.' })
    await ada.say('one')
    await bot.running.idle()
    const history = await ada.history()
    expect(said(history.messages)).toEqual([text('visitor', 'one'), text('bot', 'You said: one')])
    await ada.say('two')
    const next = await ada.events(2, history.position)
    expect(said(next.map(({ message }) => message))).toEqual([text('visitor', 'two'), text('bot', 'You said: two')])
  })

  it('gets an answer that is sent only after the next question, in its place in the history', async () => {
    const gate = Promise.withResolvers<void>()
    await using bot = await serveSmallBot({ beforeSending: () => gate.promise })
    const ada = await Visitor.at(bot.url)
    const seen: string[] = []
    await ada.say('one')
    await ada.say('two')
    for await (const { message } of ada.follow()) {
      seen.push(...said([message]))
      if (seen.length === 2) gate.resolve()
      if (seen.length === 4) break
    }
    expect(seen).toEqual([
      text('visitor', 'one'),
      text('visitor', 'two'),
      text('bot', 'You said: one'),
      text('bot', 'You said: two'),
    ])
    expect(said((await ada.history()).messages).toSorted()).toEqual(seen.toSorted())
  })

  it('reads a long history part by part', async () => {
    await using bot = await serveSmallBot()
    const ada = await Visitor.at(bot.url)
    for (let count = 1; count <= 60; count += 1) await ada.say(`${count}`)
    await bot.running.idle()
    const latest = await ada.history('?limit=3')
    expect(latest).toMatchObject({
      hasEarlier: true,
      messages: [{ from: 'bot' }, { from: 'visitor' }, { from: 'bot' }],
    })
    const before = await ada.history(`?limit=500&before=${latest.messages[0]?.id}`)
    expect(before).toMatchObject({ hasEarlier: false, position: latest.position })
    expect(said([...before.messages, ...latest.messages])).toEqual(said((await ada.history('?limit=500')).messages))
    expect(before.messages).toHaveLength(117)
    expect(await ada.events(120)).toHaveLength(120)
  })

  it('is heard in every window', async () => {
    await using bot = await serveSmallBot()
    const ada = await Visitor.at(bot.url)
    const windows = [ada.events(2), new Visitor(bot.url, ada.token).events(2)]
    await ada.say('hello')
    const [first, second] = await Promise.all(windows)
    expect(first).toEqual(second)
  })
})

describe('a message of a visitor', () => {
  it('is taken once, however often it is sent', async () => {
    await using bot = await serveSmallBot()
    const ada = await Visitor.at(bot.url)
    const body = { text: 'hello', clientMessageId: 'same' }
    const answers = await Promise.all([ada.post(body), ada.post(body), ada.post(body)])
    expect(answers.filter(({ status }) => status === 202)).toHaveLength(1)
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(2)
    expect((await ada.post({ ...body, text: 'other' })).status).toBe(200)
    await bot.running.idle()
    expect(said((await ada.history()).messages)).toEqual([text('visitor', 'hello'), text('bot', 'You said: hello')])
  })

  it('is another one where another visitor calls it the same', async () => {
    await using bot = await serveSmallBot()
    const [ada, bob] = [await Visitor.at(bot.url), await Visitor.at(bot.url)]
    await ada.say('I am Ada', 'same')
    await bob.say('I am Bob', 'same')
    await bot.running.idle()
    expect(said((await ada.history()).messages)[0]).toBe(text('visitor', 'I am Ada'))
    expect(said((await bob.history()).messages)[0]).toBe(text('visitor', 'I am Bob'))
  })

  it('that was refused can be put right under the same id', async () => {
    await using bot = await serveSmallBot()
    const ada = await Visitor.at(bot.url)
    expect(await failed(await ada.post({ text: ' ', clientMessageId: 'same' }))).toEqual([400, 'request_invalid'])
    expect((await ada.post({ text: 'hello', clientMessageId: 'same' })).status).toBe(202)
  })

  it('goes into the own conversation, and into no other', async () => {
    await using bot = await serveSmallBot()
    const [ada, bob] = [await Visitor.at(bot.url), await Visitor.at(bot.url)]
    await ada.say('secret')
    const { conversationId } = await ada.history()
    expect((await ada.post({ text: 'more', conversationId, clientMessageId: 'a' })).status).toBe(202)
    const forged = await bob.post({ text: 'let me in', conversationId, clientMessageId: 'a' })
    const unknown = await bob.post({ text: 'let me in', conversationId: 'nowhere', clientMessageId: 'b' })
    expect(forged.status).toBe(404)
    expect(await forged.text()).toBe(await unknown.text())
    await bot.running.idle()
    expect(said((await ada.history()).messages).filter((line) => line.includes('let me in'))).toEqual([])
    expect((await bob.history()).messages).toEqual([])
    const other = (await ada.history()).messages[0]?.id
    expect(await failed(await bob.ask(`history?before=${other}`))).toEqual([404, 'message_unknown'])
    const { position } = await ada.history()
    await bob.say('hello')
    expect((await bob.events(1, position))[0]?.message).toMatchObject({ from: 'visitor', payload: { text: 'hello' } })
  })

  it.each([
    ['no JSON', '{"text":', 'request_invalid'],
    ['nothing', '', 'request_invalid'],
    ['null', 'null', 'request_invalid'],
    ['a list', [], 'request_invalid'],
    ['no text', { clientMessageId: 'a' }, 'request_invalid'],
    ['a text that is none', { text: 1, clientMessageId: 'a' }, 'request_invalid'],
    ['a blank text', { text: ' \n', clientMessageId: 'a' }, 'request_invalid'],
    ['a text that is too long', { text: 'a'.repeat(10_001), clientMessageId: 'a' }, 'request_invalid'],
    ['no id', { text: 'hello' }, 'request_invalid'],
    ['an id that is too long', { text: 'hello', clientMessageId: 'a'.repeat(65) }, 'request_invalid'],
    ['an id with other signs', { text: 'hello', clientMessageId: 'a b' }, 'request_invalid'],
    ['something else', { text: 'hello', clientMessageId: 'a', userId: 'bob' }, 'request_invalid'],
  ])('with %s is refused', async (_, body, code) => {
    await using bot = await serveSmallBot()
    const ada = await Visitor.at(bot.url)
    expect(await failed(await ada.post(body))).toEqual([400, code])
    expect((await ada.history()).conversationId).toBeNull()
  })

  it('tells everything that is wrong with it', async () => {
    await using bot = await serveSmallBot()
    const ada = await Visitor.at(bot.url)
    const { error } = (await (await ada.post({ text: 1, clientMessageId: '?' })).json()) as {
      error: { message: string }
    }
    expect(error.message).toMatch(/text: .*; clientMessageId: take 1 to 64/)
  })

  it('that is too large is refused, by the chat and by the server', async () => {
    await using bot = await serveSmallBot()
    const ada = await Visitor.at(bot.url)
    for (const length of [70_000, 2_000_000]) {
      const body = { text: 'a'.repeat(length), clientMessageId: 'a' }
      expect(await failed(await ada.post(body))).toEqual([413, 'body_too_large'])
    }
  })
})

describe('a token', () => {
  it('is new for every session, long, and not of the visitor’s choice', async () => {
    await using bot = await serveSmallBot()
    const tokens = await Promise.all(Array.from({ length: 5 }, async () => (await Visitor.at(bot.url)).token ?? ''))
    expect(new Set(tokens).size).toBe(5)
    for (const token of tokens) expect(token).toMatch(/^[\w-]+\.[\w-]{43}$/)
    const chosen = await fetch(`${bot.url}session`, {
      method: 'POST',
      headers: { authorization: `Bearer ${tokens[0]}` },
      body: JSON.stringify({ token: tokens[0], id: 'me' }),
    })
    expect(tokens).not.toContain(((await chosen.json()) as { token: string }).token)
  })

  it('that was not given out opens nothing', async () => {
    await using bot = await serveSmallBot()
    const ada = await Visitor.at(bot.url)
    const [id, secret = ''] = ada.token?.split('.') ?? []
    const wrong = [
      undefined,
      '',
      'x',
      `${id}`,
      `${id}.`,
      `${id}.${'A'.repeat(43)}`,
      `${id}.${secret.slice(0, -1)}`,
      `other.${secret}`,
      `${id}.${secret}x`,
      `${(await Visitor.at(bot.url)).token?.split('.')[0]}.${secret}`,
    ]
    for (const token of wrong) {
      const eve = new Visitor(bot.url, token)
      const answers = await Promise.all([
        eve.post({ text: 'hello', clientMessageId: 'a' }),
        eve.ask('history'),
        eve.ask('events'),
      ])
      for (const response of answers) {
        expect(response.headers.get('www-authenticate')).toBe('Bearer')
        expect(await failed(response)).toEqual([401, 'session_invalid'])
      }
    }
    expect((await ada.ask('history')).status).toBe(200)
  })

  it('is kept nowhere as it is', async () => {
    await using bot = await serveSmallBot()
    const ada = await Visitor.at(bot.url)
    const [id = '', secret = ''] = ada.token?.split('.') ?? []
    const client = bot.running.clientOf('webchat')
    const { state } = await client.getState({ name: 'session', id })
    const { user } = await client.getUser({ id })
    expect(state?.payload).toEqual({ digests: [expect.stringMatching(/^[0-9a-f]{64}$/)] })
    expect(JSON.stringify([state, user])).not.toContain(secret)
  })
})

describe('the endpoints', () => {
  it.each([
    ['GET', 'session', 405, 'POST, DELETE, OPTIONS'],
    ['POST', 'messages/x', 405, 'PATCH, DELETE, OPTIONS'],
    ['DELETE', 'files/x', 405, 'GET, OPTIONS'],
    ['POST', 'embed.js', 405, 'GET, HEAD, OPTIONS'],
    ['PATCH', 'messages/a.b', 404, null],
    ['PATCH', 'messages/', 404, null],
    ['PATCH', 'messages/x/y', 404, null],
    ['GET', 'messages', 405, 'POST, OPTIONS'],
    ['POST', 'events', 405, 'GET, OPTIONS'],
    ['DELETE', 'history', 405, 'GET, OPTIONS'],
    ['POST', '', 405, 'GET, HEAD, OPTIONS'],
    ['GET', 'nowhere', 404, null],
    ['GET', 'events/', 404, null],
    ['GET', 'constructor', 404, null],
  ])('answer %s %s with %i', async (method, path, status, allow) => {
    await using bot = await serveSmallBot()
    const response = await (await Visitor.at(bot.url)).ask(path, { method })
    expect(response.headers.get('allow')).toBe(allow)
    expect(await failed(response)).toEqual([status, status === 405 ? 'method_not_allowed' : 'not_found'])
  })

  const forVisitors = [
    ['DELETE', 'session'],
    ['POST', 'messages'],
    ['PATCH', 'messages/x'],
    ['DELETE', 'messages/x'],
    ['POST', 'messages/x/reactions'],
    ['POST', 'files?name=a&clientMessageId=a'],
    ['GET', 'files/x'],
    ['GET', 'conversations'],
    ['POST', 'conversations'],
    ['POST', 'typing'],
    ['POST', 'receipts'],
    ['GET', 'events'],
    ['GET', 'history'],
  ] as const

  it.each(forVisitors)(
    'answer %s %s with 401 where there is no token, as where another site has a form',
    async (method, path) => {
      await using bot = await serveSmallBot()
      const asked: readonly { headers: Record<string, string> }[] = [
        { headers: { 'content-type': 'text/plain', cookie: 'token=a', origin: 'https://evil.example' } },
        { headers: { 'content-type': 'text/plain', authorization: `Bearer a.${'A'.repeat(43)}` } },
      ]
      for (const { headers } of asked) {
        const body = method === 'GET' ? {} : { body: '{"text":"x","clientMessageId":"a"}' }
        const response = await fetch(`${bot.url}${path}`, { method, headers, ...body })
        expect(await failed(response)).toEqual([401, 'session_invalid'])
      }
      expect(bot.heard).toEqual([])
    },
  )

  it.each([
    ['POST', 'messages'],
    ['PATCH', 'messages/x'],
    ['POST', 'messages/x/reactions'],
    ['POST', 'typing'],
    ['POST', 'receipts'],
  ])('answer %s %s with 400 to what is no JSON, and to what is no object', async (method, path) => {
    await using bot = await serveSmallBot()
    const ada = await Visitor.at(bot.url)
    for (const body of ['{"text":', '', 'null', '[]', '"a"', '{"__proto__":{"text":"x"}}'])
      expect(await failed(await ada.ask(path, { method, body }))).toEqual([400, 'request_invalid'])
    const large = { method, body: JSON.stringify({ text: 'a'.repeat(70_000) }) }
    expect(await failed(await ada.ask(path, large))).toEqual([413, 'body_too_large'])
  })

  it('refuse a session that is asked for with nonsense', async () => {
    await using bot = await serveSmallBot()
    for (const body of ['{', '[]', '{"identity":1}', JSON.stringify({ identity: 'a'.repeat(5000) })])
      expect(await failed(await fetch(`${bot.url}session`, { method: 'POST', body }))).toEqual([400, 'request_invalid'])
  })

  it.each([
    'events?after=nonsense',
    'events?after=a.b.c',
    `events?after=${'a'.repeat(101)}.`,
    'events?since=.',
    'history?limit=0',
    'history?limit=many',
    'history?limit=501',
    'history?page=1',
  ])('refuse %s', async (path) => {
    await using bot = await serveSmallBot()
    expect(await failed(await (await Visitor.at(bot.url)).ask(path))).toEqual([400, 'request_invalid'])
  })

  it('refuse a Last-Event-ID that is none', async () => {
    await using bot = await serveSmallBot()
    const response = await (await Visitor.at(bot.url)).ask('events', { headers: { 'last-event-id': 'x' } })
    expect(await failed(response)).toEqual([400, 'request_invalid'])
  })

  it('let no other site read them, unless it is allowed', async () => {
    await using closed = await serveSmallBot()
    const origin = 'https://www.example.com'
    const refused = await fetch(`${closed.url}session`, { method: 'POST', headers: { origin } })
    expect([...refused.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
    await using open = await serveSmallBot({ configuration: { allowedOrigins: [origin] } })
    const allowed = await fetch(`${open.url}session`, { method: 'POST', headers: { origin } })
    expect(allowed.headers.get('access-control-allow-origin')).toBe(origin)
    expect(allowed.headers.get('vary')).toBe('origin')
    const other = await fetch(`${open.url}session`, { method: 'POST', headers: { origin: 'https://example.com' } })
    expect(other.headers.get('access-control-allow-origin')).toBeNull()
    const asked = await fetch(`${open.url}messages`, { method: 'OPTIONS', headers: { origin } })
    expect([asked.status, asked.headers.get('access-control-allow-headers')]).toEqual([
      204,
      'authorization, content-type, last-event-id',
    ])
    const failure = await fetch(`${open.url}history`, { headers: { origin } })
    expect([failure.status, failure.headers.get('access-control-allow-origin')]).toEqual([401, origin])
  })
})

describe('the configuration', () => {
  it.each(['https://www.example.com/', 'www.example.com', '*', 'https://example.com/chat', 'ftp://example.com'])(
    'does not take %s for the origin of a site',
    async (allowed) => {
      await expect(serveSmallBot({ configuration: { allowedOrigins: [allowed] } })).rejects.toMatchObject({
        code: 'composition_invalid',
        problems: [{ code: 'configuration_invalid' }],
      })
    },
  )
})
