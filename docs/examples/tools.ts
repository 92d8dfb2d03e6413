import { deepStrictEqual, match } from 'node:assert/strict'
// #region bot
import memory from '@plugboard/memory'
import scripted from '@plugboard/scripted'
import { BotDefinition, BotImplementation, z } from 'plugboard'
import assistant from 'plugboard/plugins/assistant'

const definition = new BotDefinition({
  actions: {
    openingHours: {
      description: 'Tells the opening hours of a day.',
      input: { schema: z.object({ day: z.string() }) },
      output: { schema: z.object({ hours: z.string() }) },
    },
  },
})
  .addIntegration(scripted)
  .addIntegration(memory)
  .addPlugin(assistant, {
    tools: ['memory:createItem', { action: 'bot:openingHours', name: 'opening_hours' }],
  })

const bot = new BotImplementation(definition, {
  actions: { openingHours: async ({ input }) => ({ hours: input.day === 'Sunday' ? 'closed' : '9 to 5' }) },
})
// #endregion

// #region plugin
import { PluginDefinition, PluginImplementation } from 'plugboard'

const handyman = new PluginDefinition({ name: 'handyman', takesTools: true })
const implementation = new PluginImplementation(handyman)
implementation.on.message('text', async ({ message, conversation, tools, client }) => {
  const tool = tools.find(({ name }) => name === message.payload.text)
  if (!tool) return
  const { output, error } = await tool.call({ day: 'Sunday' }, { step: 'the only call' })
  const text = error ? `It failed: ${error.code}` : JSON.stringify(output)
  await client.createMessage({ conversationId: conversation.id, type: 'text', payload: { text } })
})
// #endregion

import { startBot } from 'plugboard/runtime'
import { chat, talk } from 'plugboard/testing'

const channel = chat()
definition.addIntegration(channel).addPlugin(
  handyman.implementedBy(async () => ({ default: implementation })),
  { tools: ['bot:openingHours'] },
)
const running = await startBot(bot, { environment: {}, log: () => {} })
const { say } = await talk(running)
await say('what are the opening hours, day: Sunday')
match(channel.sent[0] ?? '', /closed/)
await say('openingHours')
deepStrictEqual(channel.sent.includes('{"hours":"closed"}'), true)
await running.stop()
