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

/** Starts the bot as its own process. Gives the URL of its chat. */
async function start(): Promise<{ url: string; kill(): Promise<void> }> {
  const main = join(import.meta.dirname, 'main.ts')
  const store = join(folder, 'hello.sqlite')
  const child = spawn(process.execPath, ['-C', '@plugboard/source', main, '--port', '0', '--store', store], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  processes.push(child)
  let printed = ''
  for await (const chunk of child.stdout) {
    printed += String(chunk)
    const [, url] = /^webchat: (\S+)$/m.exec(printed) ?? []
    if (url === undefined) continue
    return {
      url,
      kill: async () => {
        child.kill('SIGKILL')
        await once(child, 'exit')
      },
    }
  }
  throw new Error(`The bot ended: ${printed}`)
}

it('goes on where it was when its process is killed in the middle of a conversation', async () => {
  let bot = await start()
  const { token } = (await (await fetch(`${bot.url}session`, { method: 'POST' })).json()) as { token: string }
  const headers = { authorization: `Bearer ${token}` }
  const shown = async (): Promise<readonly { from: string; payload: { text: string } }[]> => {
    const history = await fetch(`${bot.url}history`, { headers })
    return ((await history.json()) as { messages: readonly never[] }).messages
  }
  const said: string[] = []
  for (const text of ['hello', 'what can you do?', 'and then?']) {
    const body = JSON.stringify({ text, clientMessageId: crypto.randomUUID() })
    expect((await fetch(`${bot.url}messages`, { method: 'POST', headers, body })).status).toBe(202)
    // What was taken is kept: at this moment the bot has hardly begun to answer.
    await bot.kill()
    bot = await start()
    said.push(text)
    await vi.waitFor(async () => expect(await shown()).toHaveLength(2 * said.length), { timeout: 20_000 })
  }
  const messages = await shown()
  expect(messages.map(({ from }) => from)).toEqual(['visitor', 'bot', 'visitor', 'bot', 'visitor', 'bot'])
  expect(messages.filter(({ from }) => from === 'visitor').map(({ payload }) => payload.text)).toEqual(said)
}, 60_000)

it('answers although nobody reads it any more, as after `| head`', async () => {
  const words = ['-C', '@plugboard/source', join(import.meta.dirname, 'main.ts'), '--say', 'hello']
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'pipe'], cwd: folder })
  processes.push(child)
  child.stdout.destroy()
  let said = ''
  child.stderr.on('data', (chunk) => (said += String(chunk)))
  const [code] = (await once(child, 'close')) as [number | null]
  expect([code, said]).toEqual([0, ''])
}, 60_000)
