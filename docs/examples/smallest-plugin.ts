// #region plugin
import { PluginDefinition, PluginImplementation } from 'plugboard'
import llm from 'plugboard/interfaces/llm'

const definition = new PluginDefinition({ name: 'oracle', interfaces: { llm } })

const oracle = new PluginImplementation(definition)
oracle.on.message('text', async ({ message, conversation, interfaces, client }) => {
  const { content } = await interfaces.llm.generateContent({
    messages: [{ role: 'user', content: message.payload.text }],
  })
  await client.createMessage({ conversationId: conversation.id, type: 'text', payload: { text: content } })
})

const plugin = definition.implementedBy(async () => ({ default: oracle }))
export default plugin
// #endregion

import { BotDefinition } from 'plugboard'
import { run } from 'plugboard/cli'
import scripted from '@plugboard/scripted'

await run(new BotDefinition().addIntegration(scripted).addPlugin(plugin), { arguments: ['--say', 'hello'] })
