import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { HttpApi } from './http-api.fixture.ts'
import { applicationId, command, places } from './interactions.fixture.ts'
import { type SmallBot, smallBot } from './small-bot.fixture.ts'

let api: HttpApi
let bot: SmallBot
let conversationId: string
/** A message of the bot here, and what Discord calls it. */
let own: { id: string; called: string }
beforeEach(async () => {
  api = await HttpApi.start()
  bot = await smallBot({ apiUrl: api.url })
  await bot.tell(command('say'))
  await bot.running.idle()
  conversationId = bot.messages[0]!.conversationId
  const payload = { text: 'word '.repeat(500) }
  const id = await bot.say(conversationId, { type: 'text', payload })
  own = { id, called: (await bot.client.getMessage({ id })).message.tags['id']! }
  api.calls.splice(0)
})
afterEach(async () => {
  await bot[Symbol.asyncDispose]()
  await api[Symbol.asyncDispose]()
})
const routes = () => api.calls.map(({ route }) => route)
const messages = `/channels/${places.channel.id}/messages`

describe('an action', () => {
  it('reacts, and takes it back', async () => {
    await bot.actions['react']!({ messageId: own.id, emoji: '👍' })
    await bot.actions['react']!({ messageId: own.id, emoji: 'plug:77', isGone: true })
    expect(routes()).toEqual([
      `PUT ${messages}/${own.called}/reactions/👍/@me`,
      `DELETE ${messages}/${own.called}/reactions/plug%3A77/@me`,
    ])
  })

  it('reacts to nothing that is not in Discord', async () => {
    const reacting = bot.actions['react']!({ messageId: bot.messages[0]!.id, emoji: '👍' })
    await expect(reacting).rejects.toMatchObject({ code: 'vendor_refused', where: { path: 'messageId' } })
    expect(routes()).toEqual([])
  })

  it('changes a message of several parts to one of one, and the rest goes', async () => {
    await bot.actions['editMessage']!({ conversationId, messageId: own.id, text: 'Short' })
    expect(api.calls.map(({ route, body }) => [route.split(' ')[0], body['content']])).toEqual([
      ['PATCH', 'Short'],
      ['DELETE', undefined],
    ])
    const { message } = await bot.client.getMessage({ id: own.id })
    expect(message.tags).toMatchObject({ id: own.called, ids: own.called })
  })

  it('changes nothing of another conversation', async () => {
    await bot.tell(command('say', [], { place: 'dm' }))
    await bot.running.idle()
    const elsewhere = bot.messages[1]!.conversationId
    const editing = bot.actions['editMessage']!({ conversationId: elsewhere, messageId: own.id, text: 'No' })
    await expect(editing).rejects.toMatchObject({ code: 'vendor_refused' })
  })

  it('begins a thread, in which the bot can write', async () => {
    const made = (await bot.actions['createThread']!({ conversationId, name: 'Plans', archiveAfter: 60 })) as {
      conversationId: string
    }
    expect(api.calls).toMatchObject([
      {
        route: `POST /channels/${places.channel.id}/threads`,
        body: { name: 'Plans', type: 11, auto_archive_duration: 60 },
      },
    ])
    const { conversation } = await bot.client.getConversation({ id: made.conversationId })
    expect(conversation).toMatchObject({ channel: 'thread', tags: { parentId: places.channel.id, title: 'Plans' } })
    await bot.say(made.conversationId, { type: 'text', payload: { text: 'Inside' } })
    expect(routes().at(-1)).toBe(`POST /channels/${conversation.tags['id']}/messages`)
  })

  it('begins the thread of a message once', async () => {
    const input = { conversationId, name: 'Plans', messageId: own.id }
    const first = await bot.actions['createThread']!(input)
    expect(await bot.actions['createThread']!(input)).toEqual(first)
    expect(routes()).toEqual([
      `POST ${messages}/${own.called}/threads`,
      `POST ${messages}/${own.called}/threads`,
      `GET /channels/${own.called}`,
    ])
  })

  it('registers commands, everywhere or in a server', async () => {
    const options = [{ name: 'what', description: 'What?', type: 'file', isRequired: true }]
    const commands = [
      { name: 'ask', description: 'Asks', options },
      { name: 'Explain', kind: 'message' },
    ]
    await bot.actions['registerCommands']!({ commands })
    await bot.actions['registerCommands']!({ commands: [], guildId: '5' })
    expect(api.calls).toMatchObject([
      {
        route: `PUT /applications/${applicationId}/commands`,
        body: [
          {
            name: 'ask',
            type: 1,
            description: 'Asks',
            options: [{ name: 'what', description: 'What?', type: 11, required: true }],
          },
          { name: 'Explain', type: 3 },
        ],
      },
      { route: `PUT /applications/${applicationId}/guilds/5/commands`, body: [] },
    ])
  })
})
