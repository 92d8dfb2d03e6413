import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'

let folder = ''
const processes: ChildProcess[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plugboard-'))
})
afterEach(async () => {
  for (const child of processes.splice(0)) if (child.exitCode === null) child.kill('SIGKILL')
  await rm(folder, { recursive: true })
})

const key = 'a key of some length'
const none = { address: '', url: '' }
interface Line {
  readonly from: string
  readonly payload: { readonly text: string }
}

/** Starts the bot as its own process, without any key but that of the desk. Gives the addresses of its pages. */
async function start() {
  const words = [join(import.meta.dirname, 'main.ts'), '--port', '0', '--store', join(folder, 'desk.sqlite')]
  const child = spawn(process.execPath, ['-C', '@plugboard/source', ...words], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: process.env['PATH'], SUPPORT_DESK_KEY: key },
  })
  processes.push(child)
  let printed = ''
  for await (const chunk of child.stdout) {
    printed += String(chunk)
    const [, chat] = /^webchat: (\S+)$/m.exec(printed) ?? []
    const [, desk] = /^desk: (\S+)$/m.exec(printed) ?? []
    if (chat === undefined || desk === undefined) continue
    return {
      chat,
      desk,
      kill: async () => {
        child.kill('SIGKILL')
        await once(child, 'exit')
      },
    }
  }
  throw new Error(`The bot ended: ${printed}`)
}

async function ask(url: string, bearer: string, body?: object): Promise<unknown> {
  const headers = { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' }
  const response = await fetch(url, body ? { method: 'POST', headers, body: JSON.stringify(body) } : { headers })
  expect(response.status).toBeLessThan(300)
  return response.json().catch(() => undefined)
}

it('lets somebody at the desk read what a visitor has sent, before and after a human was asked for, and nobody else', async () => {
  const bot = await start()
  const { token } = (await ask(`${bot.chat}session`, '', {})) as { token: string }
  const upload = async (name: string, contentType: string, body: string) => {
    const query = new URLSearchParams({ name, clientMessageId: crypto.randomUUID() })
    const headers = { authorization: `Bearer ${token}`, 'content-type': contentType }
    const response = await fetch(`${bot.chat}files?${query}`, { method: 'POST', headers, body })
    expect(response.status).toBe(202)
  }
  await upload('p.txt', 'text/plain', 'what is broken')
  await ask(`${bot.chat}messages`, token, { text: '/human', clientMessageId: crypto.randomUUID() })
  const files = async () => {
    const { sessions } = (await ask(`${bot.desk}sessions`, key)) as { sessions: readonly { id: string }[] }
    const [id] = sessions.map((session) => session.id)
    if (id === undefined) return []
    const { messages } = (await ask(`${bot.desk}sessions/${id}`, key)) as {
      messages: readonly { files: readonly { id: string; name: string; url: string }[] }[]
    }
    const shown = messages.flatMap((message) => message.files)
    return shown.map((file) => ({ ...file, address: `${bot.desk}sessions/${id}/files/${file.id}` }))
  }
  await vi.waitFor(async () => expect(await files()).toHaveLength(1), { timeout: 20_000 })
  await upload('p.png', 'image/png', 'a picture')
  await vi.waitFor(async () => expect(await files()).toHaveLength(2), { timeout: 20_000 })
  const read = async ({ address }: { address: string }, bearer: string) => {
    const response = await fetch(address, { headers: { authorization: `Bearer ${bearer}` } })
    return [response.status, response.headers.get('content-type'), await response.text()]
  }
  const [text = none, picture = none] = await files()
  expect(await read(text, key)).toEqual([200, 'text/plain', 'what is broken'])
  expect(await read(picture, key)).toEqual([200, 'image/png', 'a picture'])
  expect((await read(picture, token))[0]).toBe(401)
  expect((await fetch(picture.url)).status).toBe(401)
}, 60_000)

it('hands a visitor over to somebody at the desk and back, though its process is killed meanwhile', async () => {
  let bot = await start()
  const { token } = (await ask(`${bot.chat}session`, '', {})) as { token: string }
  const say = (text: string) => ask(`${bot.chat}messages`, token, { text, clientMessageId: crypto.randomUUID() })
  const seen = async () => {
    const { messages } = (await ask(`${bot.chat}history`, token)) as { messages: readonly Line[] }
    return messages.map(({ from, payload }) => `${from}: ${payload.text}`)
  }
  const last = (line: string) => vi.waitFor(async () => expect((await seen()).at(-1)).toBe(line), { timeout: 20_000 })
  const waiting = async () =>
    ((await ask(`${bot.desk}sessions`, key)) as { sessions: readonly { id: string; title: string }[] }).sessions

  await say('When are you open?')
  await last('bot: The shop is open from Monday to Saturday, from 9 to 18.')
  await say('/human')
  await last('bot: One moment, please: somebody from our team will be with you soon.')
  await bot.kill()
  bot = await start()
  const [session] = await waiting()
  expect(await waiting()).toHaveLength(1)
  const at = (deed: string) => `${bot.desk}sessions/${session?.id}${deed}`
  await ask(at('/take'), key, { name: 'Grace' })
  await last('bot: Grace is with you now.')
  await ask(at('/messages'), key, { name: 'Grace', text: 'What can I do for you?', clientMessageId: 'one' })
  await last('bot: Grace: What can I do for you?')
  await say('My lamp is broken')
  await bot.kill()
  bot = await start()
  const shown = async () => {
    const { messages } = (await ask(at(''), key)) as { messages: readonly Line[] }
    return messages.map(({ from, payload }) => `${from}: ${payload.text}`)
  }
  await vi.waitFor(async () => expect((await shown()).at(-1)).toBe('user: My lamp is broken'), { timeout: 20_000 })
  expect(await shown()).toEqual([
    'user: When are you open?',
    'bot: The shop is open from Monday to Saturday, from 9 to 18.',
    'user: /human',
    'agent: What can I do for you?',
    'user: My lamp is broken',
  ])
  await ask(at('/end'), key, { name: 'Grace' })
  await last('bot: The conversation with our team has ended. I am here again.')
  await say('When are you open?')
  await last('bot: The shop is open from Monday to Saturday, from 9 to 18.')
  expect(await waiting()).toEqual([])
  expect(await seen()).toHaveLength(10)
}, 120_000)
