import { deepStrictEqual } from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { BotDefinition, BotImplementation, IntegrationDefinition, messages, z } from 'plugboard'
import { serve, startBot } from 'plugboard/runtime'
import { verifySignature } from 'plugboard/security'

const definition = new IntegrationDefinition({
  name: 'darkroom',
  configuration: { schema: z.object({ token: z.string(), signingSecret: z.string(), url: z.url() }) },
  user: { tags: { id: { identity: true } } },
  channels: {
    album: { messages: { image: messages.defaults.image }, conversation: { tags: { id: { identity: true } } } },
  },
})
const incoming = z.object({ from: z.string(), album: z.string(), photo: z.string(), name: z.string() })

// #region implementation
import { IntegrationImplementation, PlugboardError } from 'plugboard'

const implementation = new IntegrationImplementation(definition, {
  webhook: {
    verify: ({ req, configuration: { signingSecret: secret } }) =>
      verifySignature({ secret, payload: req.rawBody, signature: req.headers['x-signature'] }),
    deliveryId: (req) => req.headers['x-delivery'],
  },
  handler: async ({ req, client }) => {
    const { from, album, photo, name } = incoming.parse(JSON.parse(req.body ?? ''))
    const { user } = await client.getOrCreateUser({ tags: { id: from } })
    const { conversation } = await client.getOrCreateConversation({ channel: 'album', tags: { id: album } })
    const place = { conversationId: conversation.id, userId: user.id }
    const imageUrl = client.fileAddress({ id: photo, name, contentType: 'image/png' })
    await client.createMessage({ ...place, type: 'image', payload: { imageUrl } })
  },
  files: {
    secret: ({ configuration }) => configuration.signingSecret,
    read: async ({ file, configuration: { url, token }, signal }) => {
      const headers = { authorization: `Bearer ${token}` }
      const response = await fetch(`${url}/photos/${encodeURIComponent(file.id)}`, { headers, signal })
      if (response.ok) return response.body
      await response.body?.cancel()
      const code = response.status >= 500 ? 'vendor_unavailable' : 'vendor_refused'
      throw new PlugboardError({ code, message: `Darkroom answered with the status ${response.status}` })
    },
  },
  channels: { album: { messages: { image: async () => {} } } },
})
// #endregion

// Darkroom on this machine: it has one picture, and shows it to whoever has the token.
const platform = createServer(({ url, headers }, response) => {
  const status = headers.authorization === 'Bearer a token' ? (url === '/photos/7' ? 200 : 404) : 401
  response.writeHead(status).end('a picture')
})
await once(platform.listen(0, '127.0.0.1'), 'listening')
const configuration = {
  token: 'a token',
  signingSecret: 'what both know',
  url: `http://127.0.0.1:${(platform.address() as AddressInfo).port}`,
}

const darkroom = definition.implementedBy(async () => ({ default: implementation }))
const bot = new BotImplementation(new BotDefinition().addIntegration(darkroom, { configuration }))
const addresses: string[] = []
bot.on.message('image', async ({ message }) => void addresses.push(message.payload.imageUrl))
await using server = await serve(() => running, { port: 0 })
await using running = await startBot(bot, { url: server.url, environment: {}, log: () => {} })

for (const photo of ['7', '8']) {
  const body = JSON.stringify({ from: 'ada', album: 'holidays', photo, name: 'beach.png' })
  const signature = createHmac('sha256', configuration.signingSecret).update(body).digest('hex')
  const headers = { 'x-signature': signature, 'x-delivery': photo }
  await fetch(`${server.url}/darkroom/webhook`, { method: 'POST', body, headers })
}
await running.idle()
const [there = '', gone = ''] = addresses
const picture = await fetch(there)
deepStrictEqual([await picture.text(), picture.headers.get('content-type')], ['a picture', 'image/png'])
const statuses = await Promise.all([gone, there.replace('/7/', '/8/')].map(async (url) => (await fetch(url)).status))
deepStrictEqual(statuses, [404, 401])
platform.close()
