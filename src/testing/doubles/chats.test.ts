import { BotDefinition, PlugboardError, PluginDefinition, PluginImplementation, z } from 'plugboard'
import hitl from 'plugboard/interfaces/hitl'
import proactiveConversation from 'plugboard/interfaces/proactive-conversation'
import proactiveUser from 'plugboard/interfaces/proactive-user'
import { startBot } from 'plugboard/runtime'
import { adversary, fake } from 'plugboard/testing'
import { describe, expect, it } from 'vitest'

const definition = new PluginDefinition({
  name: 'writer',
  actions: {
    write: {
      input: { schema: z.object({ conversationId: z.string(), text: z.string(), userId: z.string().optional() }) },
      output: { schema: z.object({}) },
    },
  },
})
/** Writes a text wherever it is told to. */
const writer = definition.implementedBy(async () => ({
  default: new PluginImplementation(definition, {
    actions: {
      write: async ({ input: { conversationId, ...payload }, client }) => {
        await client.createMessage({ conversationId, type: 'text', payload })
        return {}
      },
    },
  }),
}))
const input = { title: 'A parcel is lost' }

describe('a double of humans in the loop', () => {
  it('makes users and sessions that there are, a new one each time', async () => {
    const desk = fake(hitl)
    await using bot = await startBot(new BotDefinition({ interfaces: { desk: hitl } }).addIntegration(desk))
    const { userId } = await bot.interfaces.desk.createUser({ name: 'Ada' })
    const other = await bot.interfaces.desk.createUser({ name: 'Ada' })
    expect(other.userId).not.toBe(userId)
    const client = bot.clientOf('fake-hitl')
    expect((await client.getUser({ id: userId })).user).toMatchObject({ name: 'Ada' })
    const first = await bot.interfaces.desk.startHitl({ userId, ...input })
    const second = await bot.interfaces.desk.startHitl({ userId, ...input })
    expect(second.conversationId).not.toBe(first.conversationId)
    const { conversation } = await client.getConversation({ id: first.conversationId })
    expect(conversation.channel).toBe('hitl')
  })

  it('notes what is written to a session, and does with it what it is told', async () => {
    const ended: string[] = []
    const desk = fake(hitl, {
      name: 'desk',
      actions: {
        stopHitl: ({ conversationId }) => {
          ended.push(conversationId)
          return {}
        },
      },
      send: ({ name, conversationId }) => {
        if (ended.includes(conversationId))
          throw new PlugboardError({ code: 'vendor_refused', message: `no more ${name}` })
      },
    })
    const together = new BotDefinition({ interfaces: { desk: hitl } }).addIntegration(desk).addPlugin(writer)
    await using bot = await startBot(together, { log: () => {} })
    const { userId } = await bot.interfaces.desk.createUser({})
    const { conversationId } = await bot.interfaces.desk.startHitl({ userId, ...input })
    await bot.actions.writer.write({ conversationId, text: 'Where is it?', userId })
    await bot.idle()
    const written = { action: 'hitl/text', input: { text: 'Where is it?', userId }, conversationId }
    expect(desk.calls.at(-1)).toEqual(written)
    await bot.interfaces.desk.stopHitl({ conversationId })
    await bot.actions.writer.write({ conversationId, text: 'Hello?' })
    await bot.idle()
    expect((await bot.deadLetters()).items).toMatchObject([{ code: 'vendor_refused', message: 'no more hitl/text' }])
  })

  it('that is an adversary has messages sent again, and loses none', async () => {
    const desk = adversary(hitl, { name: 'desk', slowness: 0 })
    const together = new BotDefinition().addIntegration(desk).addPlugin(writer)
    await using bot = await startBot(together, { log: () => {}, retries: { delay: 1 } })
    const { conversationId } = await bot.actions.desk.startHitl({ userId: 'ada', ...input })
    const texts = Array.from({ length: 10 }, (_, index) => `Message ${index}`)
    for (const text of texts) await bot.actions.writer.write({ conversationId, text })
    await bot.idle()
    expect(desk.calls.flatMap((call) => (call.action === 'hitl/text' ? [call.input] : []))).toEqual(
      texts.map((text) => ({ text })),
    )
  })
})

describe.each([
  ['a fake', fake],
  ['an adversary', adversary],
])('%s', (_, make) => {
  it('gives the same conversation for the same place, to which the bot can write', async () => {
    const places = make(proactiveConversation, { name: 'places' })
    const together = new BotDefinition({ interfaces: { places: proactiveConversation } })
      .addIntegration(places)
      .addPlugin(writer)
    await using bot = await startBot(together)
    const { entities, getOrCreateConversation } = bot.interfaces.places
    const conversation = entities.conversation.parse({})
    const { conversationId } = await getOrCreateConversation({ conversation })
    expect(await getOrCreateConversation({ conversation })).toEqual({ conversationId })
    await bot.actions.writer.write({ conversationId, text: 'This comes unasked.' })
    await bot.idle()
    expect(places.calls.at(-1)).toEqual({
      action: 'channel/text',
      input: { text: 'This comes unasked.' },
      conversationId,
    })
  })

  it('gives the same user for the same person, whatever it is called', async () => {
    const people = make(proactiveUser, { name: 'people' })
    const together = new BotDefinition({ interfaces: { people: proactiveUser } }).addIntegration(people)
    await using bot = await startBot(together)
    const user = bot.interfaces.people.entities.user.parse({})
    const { userId } = await bot.interfaces.people.getOrCreateUser({ user })
    expect(await bot.interfaces.people.getOrCreateUser({ user, name: 'Ada' })).toEqual({ userId })
    expect((await bot.clientOf('people').getUser({ id: userId })).user.id).toBe(userId)
  })
})
