import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CloudApi } from './cloud-api.fixture.ts'
import { type SmallBot, smallBot, type Written } from './small-bot.fixture.ts'
import { ada, nameless, written } from './told.fixture.ts'

let api: CloudApi
let bot: SmallBot
let answers: Written[]
beforeEach(async () => {
  api = await CloudApi.start()
  answers = []
  bot = await smallBot({ apiUrl: api.url, answer: () => answers.splice(0) })
})
afterEach(async () => {
  await bot[Symbol.asyncDispose]()
  await api[Symbol.asyncDispose]()
})
/** Tells the bot, and gives what it heard. */
async function heard(...values: readonly object[]) {
  for (const status of await bot.tell(...values)) expect(status).toBe(200)
  return bot.messages.map(({ type, payload, tags }) => ({ type, payload, tags }))
}

describe('a person', () => {
  const places = async () => (await bot.running.clientOf('whatsapp').listConversations()).items.map(({ tags }) => tags)

  it('who keeps the number to themselves is known by the user id, and written to by it', async () => {
    answers = [{ type: 'text', payload: { text: 'Hello' } }]
    await heard(nameless('hi', 'wamid.1'))
    expect(bot.messages[0]?.user).toEqual({
      name: 'Jane',
      id: 'US.13491208655302741918',
      userId: 'US.13491208655302741918',
      username: 'jane',
    })
    expect(api.called('message')).toMatchObject([{ recipient: 'US.13491208655302741918', text: { body: 'Hello' } }])
    expect(api.called('message')[0]).not.toHaveProperty('to')
  })

  it('stays the same when the number is told, and when it is not told any more', async () => {
    const userId = 'US.13491208655302741918'
    const both = {
      contacts: [{ profile: { name: 'Jane' }, wa_id: ada.wa_id, user_id: userId }],
      messages: [{ from: ada.wa_id, from_user_id: userId, id: 'wamid.2', type: 'text', text: { body: 'two' } }],
    }
    await heard(nameless('one', 'wamid.1'), both, nameless('three', 'wamid.3'), written('four', 'wamid.4'))
    expect(bot.messages).toHaveLength(4)
    expect(await places()).toEqual([{ id: userId, userId, phone: ada.wa_id }])
    expect((await bot.running.clientOf('whatsapp').listUsers()).items).toHaveLength(1)
  })

  it('who has the number of another one now is somebody else', async () => {
    const told = (userId: string, id: string) => ({
      contacts: [{ profile: { name: userId }, wa_id: ada.wa_id, user_id: userId }],
      messages: [{ from: ada.wa_id, from_user_id: userId, id, type: 'text', text: { body: id } }],
    })
    await heard(told('US.1', 'wamid.1'), told('US.2', 'wamid.2'))
    expect(await places()).toEqual([
      { id: ada.wa_id, phone: ada.wa_id, userId: 'US.1' },
      { id: 'US.2', phone: ada.wa_id, userId: 'US.2' },
    ])
  })

  it('with a new number goes on in the same conversation', async () => {
    const system = { body: 'changed', wa_id: '12195555358', type: 'user_changed_number' }
    await heard(
      written('before', 'wamid.1'),
      { messages: [{ from: ada.wa_id, id: 'wamid.2', type: 'system', system }] },
      written('after', 'wamid.3', { ...ada, wa_id: '12195555358' }),
    )
    expect(await places()).toMatchObject([{ id: '12195555358', phone: '12195555358' }])
    expect(bot.events).toMatchObject([
      { type: 'whatsapp:numberChanged', payload: { previous: ada.wa_id, now: '12195555358' } },
    ])
  })

  it('whose user id changes goes on in the same conversation, and is not written to by a number that may be another’s', async () => {
    const [before, now] = ['US.1', 'US.2']
    answers = [{ type: 'text', payload: { text: 'Hello' } }]
    await heard({
      contacts: [{ profile: { name: 'Jane' }, wa_id: ada.wa_id, user_id: before }],
      messages: [{ from: ada.wa_id, from_user_id: before, id: 'wamid.1', type: 'text', text: { body: 'one' } }],
    })
    const system = { type: 'user_changed_user_id', user_id: now, previous_user_id: before }
    answers = [{ type: 'text', payload: { text: 'Hello again' } }]
    await heard(
      { messages: [{ id: 'wamid.2', type: 'system', system }] },
      {
        contacts: [{ profile: { name: 'Jane' }, user_id: now }],
        messages: [{ from_user_id: now, id: 'wamid.3', type: 'text', text: { body: 'two' } }],
      },
    )
    expect(await places()).toEqual([{ id: now, userId: now }])
    expect((await bot.running.clientOf('whatsapp').listUsers()).items).toHaveLength(1)
    expect(bot.events).toMatchObject([
      { type: 'whatsapp:userIdChanged', payload: { previous: before, now }, place: { conversation: now } },
    ])
    expect(api.called('message').map(({ to, recipient }) => to ?? recipient)).toEqual([ada.wa_id, now])
  })

  it('with another number and user id is found by the id before, where the number was not known', async () => {
    const system = {
      type: 'user_changed_number',
      wa_id: '12195555358',
      user_id: 'US.2',
      previous_user_id: 'US.13491208655302741918',
    }
    await heard(nameless('before', 'wamid.1'), { messages: [{ id: 'wamid.2', type: 'system', system }] })
    expect(await places()).toEqual([{ id: '12195555358', phone: '12195555358', userId: 'US.2' }])
  })

  it('has the name that WhatsApp tells last', async () => {
    await heard(written('one', 'wamid.1'), written('two', 'wamid.2', { ...ada, name: 'Ada King' }))
    expect(bot.messages.at(-1)?.user).toMatchObject({ name: 'Ada King' })
  })
})
