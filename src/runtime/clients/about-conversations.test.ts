import {
  BotDefinition,
  BotImplementation,
  IntegrationDefinition,
  IntegrationImplementation,
  InterfaceDefinition,
  messages,
  PluginDefinition,
  PluginImplementation,
  z,
} from 'plugboard'
import { startBot } from 'plugboard/runtime'
import { expect, it } from 'vitest'

const { text } = messages.defaults
const nothing = { schema: z.object({}) }
const help = new InterfaceDefinition({
  name: 'help',
  version: '1.0.0',
  channels: { session: { messages: { text: { schema: () => text.schema } } } },
})

/** An integration with a channel of its own beside that of the interface, which it calls otherwise if it is told to. */
function desk<const TName extends string>(name: TName) {
  const definition = new IntegrationDefinition({ name, channels: { lobby: { messages: { text } } } }).extend(
    help,
    () => ({
      entities: {},
      channels: { session: { name: 'ticket' } },
    }),
  )
  return definition.implementedBy(async () => ({
    default: new IntegrationImplementation(definition, {
      channels: { lobby: { messages: { text: async () => {} } }, ticket: { messages: { text: async () => {} } } },
    }),
  }))
}

/** A bot that notes what it is told of conversations. */
async function start() {
  const names: (string | undefined)[] = []
  const about: (readonly [string, string | undefined])[] = []
  const definition = new PluginDefinition({
    name: 'noter',
    interfaces: { help },
    actions: { note: { input: nothing, output: nothing } },
    events: { noted: nothing },
  })
  const plugin = new PluginImplementation(definition, {
    actions: {
      note: async ({ ctx }) => {
        about.push(['action', ctx.conversationId])
        return {}
      },
    },
  })
  plugin.on.beforeIncomingMessage('*', async ({ conversation, client, ctx }) => {
    names.push(client.channelOf(conversation))
    about.push(['hook', ctx.conversationId])
  })
  plugin.on.message('*', async ({ client, ctx }) => {
    about.push(['handler', ctx.conversationId])
    await client.createEvent({ type: 'noted', payload: {} })
  })
  plugin.on.event('noted', async ({ ctx }) => void about.push(['event', ctx.conversationId]))
  plugin.on.beforeOutgoingMessage('*', async ({ ctx }) => void about.push(['outgoing', ctx.conversationId]))
  const bot = new BotImplementation(
    new BotDefinition({ defaults: { help: 'one' } })
      .addIntegration(desk('one'))
      .addIntegration(desk('other'))
      .addPlugin(definition.implementedBy(async () => ({ default: plugin }))),
  )
  bot.on.message('*', async ({ conversation, actions, client }) => {
    await actions.noter.note({})
    await client.createMessage({ conversationId: conversation.id, type: 'text', payload: { text: 'noted' } })
  })
  const running = await startBot(bot, { environment: {}, log: () => {} })
  const say = async (integration: string, channel: string) => {
    const client = running.clientOf(integration)
    const { user } = await client.getOrCreateUser({ tags: { id: '1' } })
    const { conversation } = await client.getOrCreateConversation({ channel, tags: {} })
    const said = { conversationId: conversation.id, userId: user.id, type: 'text', payload: { text: 'hello' } }
    await client.createMessage(said)
    await running.idle()
    return conversation.id
  }
  return Object.assign(running, { say, names, about })
}

it('a channel is known by the name that a need has for it, where that is bound to its integration', async () => {
  await using bot = await start()
  await bot.say('one', 'ticket')
  await bot.say('one', 'lobby')
  await bot.say('other', 'ticket')
  expect(bot.names).toEqual(['help:session', undefined, undefined])
  await bot.bindings.set('noter', 'help', 'other')
  await bot.say('one', 'ticket')
  await bot.say('other', 'ticket')
  expect(bot.names.slice(3)).toEqual([undefined, 'help:session'])
})

it('whoever handles something of a conversation is told which one it is, also in an action that it calls', async () => {
  await using bot = await start()
  const id = await bot.say('one', 'lobby')
  expect(bot.about.toSorted(([one], [other]) => (one < other ? -1 : 1))).toEqual([
    ['action', id],
    ['event', undefined],
    ['handler', id],
    ['hook', id],
    ['outgoing', id],
  ])
  await bot.actions.noter.note({})
  expect(bot.about.at(-1)).toEqual(['action', undefined])
})
