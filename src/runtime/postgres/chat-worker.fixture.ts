/**
 * A process of a bot that chats on a page, for tests of what another process sees of it. It answers with what the process
 * that started it says, part by part, and then with its own number.
 */
import { once } from 'node:events'
import { BotDefinition, BotImplementation } from 'plugboard'
import { serve, startBot } from 'plugboard/runtime'
import webchat from '@plugboard/webchat'

/** What the process says. */
export type ChatSaid = { readonly url: string; readonly pid: number }
/** A part of the answer; the empty one ends it. */
export type ChatPart = { readonly part: string }

const parts: string[] = []
let arrived = (): void => {}
process.on('message', ({ part }: ChatPart) => {
  parts.push(part)
  arrived()
})

async function* spoken(): AsyncGenerator<string, void, void> {
  for (;;) {
    while (parts.length === 0)
      await new Promise<void>((resolve) => {
        arrived = resolve
      })
    const part = parts.shift()
    if (!part) break
    yield part
  }
  yield `.${process.pid}`
}

const [name = '', database = ''] = process.argv.slice(2)
const bot = new BotImplementation(new BotDefinition({ name }).addIntegration(webchat))
bot.on.message('text', async ({ conversation, client }) => {
  await client.createMessage({ conversationId: conversation.id, type: 'text', stream: spoken() })
})
const running = await startBot(bot, { database, environment: {} })
const server = await serve(() => running, { port: 0 })
process.send?.({ url: `${server.url}/webchat/`, pid: process.pid } satisfies ChatSaid)
await once(process, 'disconnect')
await server.close()
await running.stop()
