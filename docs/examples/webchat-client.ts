import { serve, startBot } from 'plugboard/runtime'
import webchat from '@plugboard/webchat'
import { BotDefinition, BotImplementation } from 'plugboard'

const bot = new BotImplementation(new BotDefinition({ name: 'desk' }).addIntegration(webchat))
bot.on.message('text', async ({ message, conversation, client }) => {
  const { text } = message.payload
  await client.createMessage({ conversationId: conversation.id, type: 'text', payload: { text: `You said: ${text}` } })
})
await using running = await startBot(bot, { log: () => {}, environment: {} })
await using server = await serve(() => running, { port: 0 })
const url = `${server.url}/webchat/`

// #region client
import { connect } from '@plugboard/webchat/client'

const chat = connect({ url })
chat.on('opened', ({ messages }) => console.log(`${messages.length} messages so far`))
chat.on('draft', ({ payload }) => console.log('being made:', payload))
chat.on('typing', (isTyping) => console.log(isTyping ? 'The bot is writing …' : ''))
chat.on('message', ({ from, type, payload }) => console.log(from, type, payload))
await chat.send('Hello')
await chat.sendFile(new Blob(['the plan'], { type: 'text/plain' }), { name: 'plan.txt' })
for (const { id, title, unread } of await chat.conversations()) console.log(id, title, unread)
// #endregion

await running.idle()
chat.close()
