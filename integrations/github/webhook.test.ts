import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { Hub, own, owner, says } from './hub.fixture.ts'
import {
  configurationFor,
  ofComment,
  ofIssue,
  ofPull,
  post,
  type Posted,
  type Triage,
  triage,
  type TriageOptions,
  webhookSecret,
} from './triage.fixture.ts'

let hub: Hub
let bot: Triage
beforeAll(async () => {
  hub = await Hub.start()
})
afterAll(() => hub[Symbol.asyncDispose]())
afterEach(async () => {
  hub.forget()
  await bot[Symbol.asyncDispose]()
})
const start = async (options?: TriageOptions) => {
  bot = await triage(hub, options)
}
let deliveries = 0
const tell = async (posted: Posted): Promise<number> => {
  deliveries += 1
  const { status } = await post(bot, { delivery: `delivery-${deliveries}`, ...posted })
  await bot.running.idle()
  return status
}

describe('an issue', () => {
  it('that somebody opens is an item, an event and the first message of its conversation', async () => {
    await start()
    expect(await tell(ofIssue('opened'))).toBe(200)
    expect(bot.messages).toEqual([
      {
        text: 'It crashes\n\nWhen it starts.',
        tags: { id: 'issue', url: 'https://github.com/ada/engine/issues/7' },
        conversation: { channel: 'issue', id: '7', title: 'It crashes', url: 'https://github.com/ada/engine/issues/7' },
        user: { name: 'bob', id: '21031067', login: 'bob' },
      },
    ])
    const item = expect.objectContaining({ id: '7', labels: ['bug'], author: 'bob', state: 'open' }) as object
    expect(bot.events).toEqual([
      { type: 'itemCreated', payload: { item }, isOfMessage: false },
      { type: 'issueChanged', payload: { action: 'opened', issue: item, actor: 'bob' }, isOfMessage: false },
    ])
  })

  it.each([
    ['edited', 'itemUpdated'],
    ['closed', 'itemUpdated'],
    ['reopened', 'itemUpdated'],
    ['labeled', 'itemUpdated'],
    ['unassigned', 'itemUpdated'],
    ['deleted', 'itemDeleted'],
    ['transferred', 'itemDeleted'],
    ['pinned', undefined],
  ])('that is %s is told as %s', async (action, type) => {
    await start()
    await tell(ofIssue(action, { label: { name: 'bug' } }, { state: 'closed', state_reason: 'completed' }))
    expect(bot.told()).toEqual(type === undefined ? [] : [type])
    if (type === 'itemDeleted') expect(bot.events[0]?.payload).toEqual({ id: '7' })
    expect(bot.events.at(-1)).toMatchObject({ type: 'issueChanged', payload: { action, label: 'bug', actor: 'bob' } })
    expect(bot.messages).toEqual([])
  })

  it('that the bot opens is told of by GitHub alone, and says nothing to the bot', async () => {
    await start()
    await bot.actions.createItem({ draft: { title: 'By the bot' } })
    await bot.running.idle()
    expect(bot.told()).toEqual([])
    await tell(ofIssue('opened', {}, { user: { id: 5, login: own.toUpperCase() } }))
    expect(bot.told()).toEqual(['itemCreated'])
    expect(bot.messages).toEqual([])
  })

  it('has the title that it was given later, and its author the name that it has now', async () => {
    await start()
    await tell(ofComment('created'))
    const renamed = { login: 'robert', id: 21_031_067 }
    await tell(ofComment('created', { id: 2, user: renamed }, { title: 'It crashed' }))
    expect(bot.messages.at(-1)).toMatchObject({
      conversation: { id: '7', title: 'It crashed' },
      user: { name: 'robert', login: 'robert', id: '21031067' },
    })
  })
})

describe('a comment', () => {
  it('is a message, and is answered by one', async () => {
    await start({ answer: (text) => `You said: ${text}` })
    const number = await hub.open(owner, { title: 'Hello' })
    await tell(ofComment('created', {}, { number }))
    expect(bot.messages).toMatchObject([
      { text: 'Here too.', tags: { id: '492700400' }, conversation: { channel: 'issue', id: `${number}` } },
    ])
    const comments = (await hub.as(owner, 'GET', `/repos/ada/engine/issues/${number}/comments`)) as unknown as {
      body: string
      user: { login: string }
    }[]
    expect(comments).toMatchObject([{ body: 'You said: Here too.', user: { login: own } }])
  })

  it('of a pull request is one of its own channel', async () => {
    await start()
    await tell(ofPull('opened'))
    await tell(ofComment('created', {}, { number: 9, title: 'Mend it', pull_request: { url: 'https://a.test' } }))
    expect(bot.messages).toMatchObject([
      { text: 'Mend it', conversation: { channel: 'pullRequest', id: '9' } },
      { text: 'Here too.', conversation: { channel: 'pullRequest', id: '9' } },
    ])
  })

  it('comes in where the bot began the conversation, be that an issue or a pull request', async () => {
    await start()
    const pull = { number: 9, title: 'Mend it', pull_request: { url: 'https://a.test' } }
    hub.instead(/^GET .*\/issues\/9$/, says(200, ofIssue('opened', {}, pull).payload.issue))
    const { conversationId } = await bot.actions.getOrCreateConversation({ conversation: { number: 9 } })
    await tell(ofComment('created', {}, pull))
    expect(bot.messages).toMatchObject([{ conversation: { channel: 'pullRequest', id: '9', title: 'Mend it' } }])
    const { items } = await bot.running.clientOf('github').listConversations()
    expect(items.map(({ id }) => id)).toEqual([conversationId])
  })

  it('that the bot has written does not come back', async () => {
    await start({ answer: (text) => text })
    await tell(ofComment('created', { user: { id: 5, login: own } }))
    expect([bot.messages, bot.events]).toEqual([[], []])
  })

  it('that is changed or deleted is an event of its message', async () => {
    await start()
    await tell(ofComment('created'))
    await tell(ofComment('edited', { body: 'Not here.' }))
    await tell(ofComment('deleted'))
    await tell(ofComment('edited', { id: 1, body: 'Unknown.' }))
    expect(bot.events).toEqual([
      {
        type: 'commentEdited',
        payload: { commentId: '492700400', text: 'Not here.', actor: 'bob' },
        isOfMessage: true,
      },
      { type: 'commentDeleted', payload: { commentId: '492700400', actor: 'bob' }, isOfMessage: true },
      { type: 'commentEdited', payload: { commentId: '1', text: 'Unknown.', actor: 'bob' }, isOfMessage: false },
    ])
  })

  it('that is too long is several, and none of them twice', async () => {
    const long = `${'x'.repeat(60_000)}\n\n${'y'.repeat(20_000)}`
    await start({ answer: (text) => (text === 'Here too.' ? long : undefined) })
    const number = await hub.open(owner, { title: 'Long' })
    // The second one is refused once, and the message is tried again.
    const failing = says(502, { message: 'Server Error' })
    let seen = 0
    hub.instead(/^POST .*\/comments$/, (response) => {
      seen += 1
      failing(response)
    })
    await tell(ofComment('created', {}, { number }))
    const comments = (await hub.as(owner, 'GET', `/repos/ada/engine/issues/${number}/comments`)) as unknown as {
      body: string
    }[]
    expect(seen).toBe(1)
    expect(comments.map(({ body }) => [body[0], body.length])).toEqual([
      ['x', 60_000],
      ['y', 20_000],
    ])
  })
})

describe('a webhook', () => {
  it('of which there is nothing else is an event as it is', async () => {
    await start()
    const payload = { ...ofIssue('published').payload, release: { tag_name: 'v1' } }
    await tell({ name: 'release', payload })
    expect(bot.events).toEqual([
      { type: 'eventReceived', payload: { name: 'release', action: 'published', payload }, isOfMessage: false },
    ])
  })

  it('has one effect, however often it comes', async () => {
    await start({ answer: (text) => text })
    const number = await hub.open(owner, { title: 'Once' })
    const posted = { ...ofComment('created', {}, { number }), delivery: 'the-same' }
    expect([await tell(posted), await tell(posted)]).toEqual([200, 200])
    expect(bot.messages).toHaveLength(1)
    expect(await hub.as(owner, 'GET', `/repos/ada/engine/issues/${number}/comments`)).toHaveLength(1)
  })

  it('has one effect when it comes twice at once', async () => {
    await start()
    const posted = ofComment('created')
    expect(await Promise.all([tell(posted), tell(posted)])).toEqual([200, 200])
    expect(bot.messages).toHaveLength(1)
  })

  it('has one effect when somebody who recorded it sends it again under another id, which GitHub does not sign', async () => {
    await start()
    for (const posted of [ofIssue('opened'), ofComment('created'), { name: 'release', payload: ofIssue('x').payload }])
      for (const delivery of ['its own', 'another'])
        expect(await tell({ ...posted, delivery: `${posted.name} ${delivery}` })).toBe(200)
    expect(bot.messages).toHaveLength(2)
    expect(bot.events.map(({ type }) => type)).toEqual(['itemCreated', 'issueChanged', 'eventReceived'])
  })

  it('that somebody sets off twice with the same words has two effects', async () => {
    await start()
    const { repository } = ofIssue('opened').payload
    const posted = { name: 'repository_dispatch', payload: { action: 'deploy', repository } }
    expect([await tell(posted), await tell(posted)]).toEqual([200, 200])
    expect(bot.events).toHaveLength(2)
    expect(await tell({ ...posted, delivery: 'the-same' })).toBe(200)
    expect(await tell({ ...posted, delivery: 'the-same' })).toBe(200)
    expect(bot.events).toHaveLength(3)
  })

  it.each<[string, Partial<Posted>]>([
    ['was signed by somebody else', { secret: 'another' }],
    ['has no signature', { headers: { 'x-hub-signature-256': null } }],
    ['has an empty one', { headers: { 'x-hub-signature-256': '' } }],
    ['has the old one', { headers: { 'x-hub-signature-256': null, 'x-hub-signature': 'sha1=aa' } }],
    ['has one of another length', { headers: { 'x-hub-signature-256': 'sha256=ab' } }],
    ['has one of another body', { headers: { 'x-hub-signature-256': `sha256=${'a'.repeat(64)}` } }],
  ])('is refused that %s, and its id stays free', async (_, wrong) => {
    await start()
    const posted = { ...ofIssue('opened'), delivery: 'forged' }
    expect(await tell({ ...posted, ...wrong })).toBe(401)
    expect([bot.messages, bot.events]).toEqual([[], []])
    expect(await tell(posted)).toBe(200)
    expect(bot.messages).toHaveLength(1)
  })

  it('is refused where no secret is configured', async () => {
    await start({ configuration: configurationFor(hub) })
    expect(await tell(ofIssue('opened'))).toBe(401)
  })

  it('is refused when it is too large', async () => {
    await start({ serve: { bodyLimit: 10_000 } })
    expect(await tell(ofIssue('opened', {}, { body: 'x'.repeat(20_000) }))).toBe(413)
    expect(bot.events).toEqual([])
  })

  it.each(['{"action":', '[]', 'null', '"text"'])('is refused with the body %j', async (payload) => {
    await start()
    const response = await post(bot, { name: 'issues', payload })
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ error: { code: 'request_invalid' } })
  })

  it('is refused that is none of GitHub', async () => {
    await start()
    expect(await tell(ofIssue('opened', {}, { number: 'seven' }))).toBe(400)
    expect(await tell({ ...ofIssue('opened'), headers: { 'x-github-event': null } })).toBe(400)
    expect([bot.messages, bot.events]).toEqual([[], []])
  })

  it('may come as a form, which is what GitHub sends unless it is told otherwise', async () => {
    await start()
    const { name, payload } = ofIssue('opened')
    const form = new URLSearchParams({ payload: JSON.stringify(payload) }).toString()
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    expect(await tell({ name, payload: form, headers })).toBe(200)
    expect(bot.messages).toHaveLength(1)
  })

  it('about another repository is left alone, and so is a ping', async () => {
    await start()
    expect(await tell(ofIssue('opened', { repository: { full_name: 'ada/another' } }))).toBe(200)
    expect(await tell({ name: 'ping', payload: { zen: 'Keep it logically awesome.', hook_id: 1 } })).toBe(200)
    expect([bot.messages, bot.events]).toEqual([[], []])
  })

  it('comes to one path by one method', async () => {
    await start()
    const get = await post(bot, { ...ofIssue('opened'), method: 'PUT' })
    expect([get.status, get.headers.get('allow')]).toEqual([405, 'POST'])
    expect((await post(bot, { ...ofIssue('opened'), path: '/github/else' })).status).toBe(404)
  })

  it('finds its installation at the address that all share, by its repository', async () => {
    await start()
    const path = '/_integrations/github/webhook'
    const full_name = 'Ada/Engine'
    expect(await tell({ ...ofIssue('opened', { repository: { full_name } }), path })).toBe(200)
    const { name, payload } = ofComment('created')
    const form = new URLSearchParams({ payload: JSON.stringify(payload) }).toString()
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    expect(await tell({ name, payload: form, headers, path })).toBe(200)
    expect(bot.messages).toHaveLength(2)
    expect(await tell({ ...ofIssue('opened'), secret: 'another', path })).toBe(401)
    expect(await tell({ ...ofIssue('opened', { repository: { full_name: 'eve/engine' } }), path })).toBe(404)
    const installed = { action: 'created', installation: { id: 100 } }
    expect(await tell({ name: 'ping', payload: { zen: 'z' }, path })).toBe(200)
    expect(await tell({ name: 'installation', payload: installed, path })).toBe(200)
    expect(bot.messages).toHaveLength(2)
  })
})

it('hears what the emulator of others sends of what people and the bot do, and answers', async () => {
  await start({ answer: (text) => (text.startsWith('Please') ? 'Done.' : undefined) })
  const config = { url: `${bot.url}/github/webhook`, content_type: 'json', secret: webhookSecret }
  await hub.as(owner, 'POST', '/repos/ada/engine/hooks', { config, events: ['issues', 'issue_comment'], active: true })
  const number = await hub.open('bob', { title: 'Please help' })
  const id = `${number}`
  await expect.poll(() => bot.messages.map(({ text }) => text)).toEqual(['Please help'])
  await bot.running.idle()
  await hub.as('bob', 'POST', `/repos/ada/engine/issues/${number}/comments`, { body: 'Thank you' })
  await expect.poll(() => bot.messages.map(({ text }) => text)).toEqual(['Please help', 'Thank you'])
  await bot.actions.closeIssue({ id })
  await expect.poll(() => bot.told()).toEqual(['itemCreated', 'itemUpdated'])
  await bot.running.idle()
  const comments = (await hub.as(owner, 'GET', `/repos/ada/engine/issues/${number}/comments`)) as unknown as {
    body: string
  }[]
  expect(comments.map(({ body }) => body)).toEqual(['Done.', 'Thank you'])
})
