import { once } from 'node:events'
import { createServer } from 'node:http'
import { text as textOf } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { startBot } from 'plugboard/runtime'
import { expect, it, onTestFinished, vi } from 'vitest'

const token = '123456:a-token-of-telegram'
const ada = { id: 7, is_bot: false, first_name: 'Ada', language_code: 'en' }
const chat = { id: 7, type: 'private', first_name: 'Ada' }

/** A Bot API that knows what a conversation of texts needs, with payloads as its documentation has them. */
async function botApi() {
  const sent: string[] = []
  const updates: { update_id: number; message: object }[] = []
  const answers: Record<string, (parameters: Record<string, unknown>) => unknown> = {
    getMe: () => ({ id: 1, is_bot: true, first_name: 'Support', username: 'support_bot' }),
    getUpdates: async ({ offset = 0 }) => {
      const due = () => updates.filter(({ update_id: id }) => id >= Number(offset))
      if (due().length === 0) await sleep(50)
      return due()
    },
    sendMessage: ({ text }) => {
      sent.push(String(text))
      return { message_id: 1000 + sent.length, date: 1_790_000_000, chat, text }
    },
  }
  const server = createServer((request, response) => {
    void textOf(request).then(async (body) => {
      const method = request.url?.split('/').at(-1)?.split('?')[0] ?? ''
      const parameters = body === '' ? {} : (JSON.parse(body) as Record<string, unknown>)
      const result = (await answers[method]?.(parameters)) ?? true
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ ok: true, result }))
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as { port: number }
  const write = (text: string) => {
    const id = updates.length + 1
    updates.push({ update_id: id, message: { message_id: id, date: 1_790_000_000, chat, from: ada, text } })
  }
  return { url: `http://127.0.0.1:${port}`, sent, write }
}

it('helps people on Telegram, once there is a token, and hands them over to the desk', async () => {
  const telegram = await botApi()
  // What has channels is installed once its key is there, which the module looks for when it is loaded.
  vi.stubEnv('TELEGRAM_BOT_TOKEN', token)
  const { default: bot } = await import('./bot.ts')
  await using running = await startBot(bot, {
    log: () => {},
    environment: {
      SUPPORT_DESK_KEY: 'a key of some length',
      TELEGRAM_BOT_TOKEN: token,
      TELEGRAM_API_URL: telegram.url,
    },
  })
  const last = (text: string) => vi.waitFor(() => expect(telegram.sent.at(-1)).toBe(text), 20_000)
  telegram.write('When are you open?')
  await last('The shop is open from Monday to Saturday, from 9 to 18.')
  telegram.write('/human')
  await last('One moment, please: somebody from our team will be with you soon.')
  const humans = running.clientOf('desk')
  const [session] = (await humans.listConversations()).items
  const { user } = await humans.getOrCreateUser({ tags: { id: 'grace' }, name: 'Grace' })
  const conversationId = session?.id ?? ''
  await humans.createMessage({ conversationId, userId: user.id, type: 'text', payload: { text: 'Hello Ada' } })
  await last('Grace: Hello Ada')
  telegram.write('My lamp is broken')
  await vi.waitFor(async () => {
    const { items } = await running.history.messages(conversationId)
    expect(items[0]?.payload).toMatchObject({ text: 'My lamp is broken' })
  }, 20_000)
  telegram.write('/stop')
  await last('You have left the conversation with our team. I am here again.')
  expect((await running.deadLetters()).items).toEqual([])
})
