import { IntegrationImplementation } from 'plugboard'
import { Telegram } from 'telegram-api-client'
export default new IntegrationImplementation({
  // Register handler - runs when integration is installed
  register: async ({ webhookUrl, configuration, client }) => {
    const telegram = new Telegram(configuration.botToken)
    // Register webhook with Telegram
    await telegram.setWebhook({
      url: webhookUrl,
    })
  },
  // Unregister handler - runs when integration is uninstalled
  unregister: async ({ configuration }) => {
    const telegram = new Telegram(configuration.botToken)
    await telegram.deleteWebhook()
  },
  // Action implementations
  actions: {
    sendMessage: async ({ input, configuration }) => {
      const telegram = new Telegram(configuration.botToken)
      const result = await telegram.sendMessage({
        chat_id: input.chatId,
        text: input.text,
      })
      return {
        messageId: result.message_id.toString(),
      }
    },
  },
  // Channel implementations
  channels: {
    channel: {
      messages: {
        text: async ({ payload, configuration, conversation }) => {
          const telegram = new Telegram(configuration.botToken)
          await telegram.sendMessage({
            chat_id: conversation.tags.chatId,
            text: payload.text,
          })
        },
      },
    },
  },
  // Webhook handler
  handler: async ({ req, client, configuration }) => {
    if (req.path === '/webhook') {
      const update = JSON.parse(req.body || '{}')
      if (update.message) {
        // Get or create user
        const { user } = await client.getOrCreateUser({
          tags: {
            telegramId: update.message.from.id.toString(),
            username: update.message.from.username,
          },
        })
        // Get or create conversation
        const { conversation } = await client.getOrCreateConversation({
          channel: 'channel',
          tags: {
            chatId: update.message.chat.id.toString(),
          },
        })
        // Create message in Botpress
        await client.createMessage({
          conversationId: conversation.id,
          userId: user.id,
          type: 'text',
          payload: {
            text: update.message.text,
          },
          tags: {
            messageId: update.message.message_id.toString(),
          },
        })
      }
      return { status: 200 }
    }
  },
})
