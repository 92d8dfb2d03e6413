import { createHmac, timingSafeEqual } from 'node:crypto'
import { createServer } from 'node:http'
import { BotDefinition, BotImplementation, IntegrationDefinition, IntegrationImplementation, z } from 'plugboard'
import { run } from 'plugboard/cli'

// A server under load: `plain` checks the signature of a request and answers; `bot` is a bot that answers each message,
// on whatever store its command line names. It tells the process that started it how much memory it has.

const secret = 'a secret of the platform'
const port = Number(process.env['LOAD_PORT'])

const isSigned = (body: Uint8Array, signature: string | undefined): boolean => {
  const expected = createHmac('sha256', secret).update(body).digest()
  const given = Buffer.from(signature ?? '', 'hex')
  return given.length === expected.length && timingSafeEqual(given, expected)
}

process.on('message', () => process.send?.({ memory: process.memoryUsage().rss, sent }))
process.on('disconnect', () => process.exit())

let sent = 0
if (process.env['LOAD_MODE'] === 'plain') {
  createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks)
      const { room } = JSON.parse(body.toString()) as { room: string }
      const right = isSigned(body, request.headers['x-signature'] as string | undefined) && room !== ''
      response.writeHead(right ? 200 : 401).end()
    })
  }).listen(port, '127.0.0.1')
} else {
  const text = { schema: z.object({ text: z.string() }) }
  const desk = new IntegrationDefinition({
    name: 'desk',
    version: '1.0.0',
    channels: { room: { messages: { text }, conversation: { tags: { room: { identity: true } } } } },
    user: { tags: { id: { identity: true } } },
  })
  const packaged = desk.implementedBy(async () => ({
    default: new IntegrationImplementation(desk, {
      webhook: {
        verify: ({ req }) => isSigned(req.rawBody, req.headers['x-signature']),
        deliveryId: ({ headers }) => headers['x-delivery'],
      },
      handler: async ({ client, req }) => {
        const { room, text: said } = JSON.parse(req.body ?? '{}') as { room: string; text: string }
        const { user } = await client.getOrCreateUser({ tags: { id: room } })
        const { conversation } = await client.getOrCreateConversation({ channel: 'room', tags: { room } })
        const conversationId = conversation.id
        await client.createMessage({ conversationId, userId: user.id, type: 'text', payload: { text: said } })
      },
      channels: {
        room: {
          messages: {
            text: async () => {
              sent += 1
            },
          },
        },
      },
    }),
  }))
  const bot = new BotImplementation(new BotDefinition({ name: 'load' }).addIntegration(packaged))
  bot.on.message('text', async ({ message, client }) => {
    const { conversationId, payload } = message
    await client.createMessage({ conversationId, type: 'text', payload })
  })
  await run(bot)
}
