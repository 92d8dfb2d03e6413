import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, inject, it, vi } from 'vitest'

let folder = ''
const processes: ChildProcess[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plugboard-'))
})
afterEach(async () => {
  for (const child of processes.splice(0)) if (child.exitCode === null) child.kill('SIGKILL')
  await rm(folder, { recursive: true })
})

/** A process of the bot, in a folder of its own, that is told nothing but its environment. */
function spawned(environment: Record<string, string>, ...words: readonly string[]): ChildProcess {
  const { DATABASE_URL: _, PLUGBOARD_STORE: __, ...inherited } = process.env
  const child = spawn(process.execPath, ['-C', '@plugboard/source', join(import.meta.dirname, 'main.ts'), ...words], {
    cwd: folder,
    env: { ...inherited, PORT: '0', INIT_CWD: folder, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  processes.push(child)
  return child
}

async function start(environment: Record<string, string> = {}): Promise<{ url: string; kill(): Promise<void> }> {
  const child = spawned(environment)
  let printed = ''
  for await (const chunk of child.stdout!) {
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

it('goes on in two processes on PostgreSQL where it was on SQLite, in the middle of a conversation', async () => {
  const before = await start()
  const { token } = (await (await fetch(`${before.url}session`, { method: 'POST' })).json()) as { token: string }
  const headers = { authorization: `Bearer ${token}` }
  const shown = async (url: string): Promise<readonly { id: string; from: string; payload: { text: string } }[]> =>
    ((await (await fetch(`${url}history`, { headers })).json()) as { messages: readonly never[] }).messages
  const said: string[] = []
  const say = async (url: string, words: string): Promise<void> => {
    const body = JSON.stringify({ text: words, clientMessageId: crypto.randomUUID() })
    expect((await fetch(`${url}messages`, { method: 'POST', headers, body })).status).toBe(202)
    said.push(words)
  }
  await say(before.url, 'hello')
  await vi.waitFor(async () => expect(await shown(before.url)).toHaveLength(2), 20_000)
  // What was taken is kept: at this moment the bot has hardly begun to answer.
  await say(before.url, 'what can you do?')
  await before.kill()

  const environment = { DATABASE_URL: await text(connect(inject('postgresPort'), '127.0.0.1')) }
  const moving = spawned(environment, 'move')
  const [printed] = await Promise.all([text(moving.stdout!), once(moving, 'exit')])
  expect([moving.exitCode, printed]).toEqual([0, expect.stringMatching(/^messages +[34] {2}[0-9a-f]{16}$/m)])

  const [one, other] = await Promise.all([start(environment), start(environment)])
  const everywhere = (count: number) =>
    vi.waitFor(async () => {
      const histories = await Promise.all([shown(one.url), shown(other.url)])
      for (const history of histories) expect(history).toHaveLength(count)
      expect(histories[1]).toEqual(histories[0])
    }, 20_000)
  await everywhere(4)
  await say(one.url, 'and then?')
  await everywhere(6)
  await say(other.url, 'thank you')
  await everywhere(8)
  // Either of them is enough.
  await one.kill()
  await say(other.url, 'good bye')
  await vi.waitFor(async () => expect(await shown(other.url)).toHaveLength(10), 40_000)
  const messages = await shown(other.url)
  expect(messages.map(({ from }) => from)).toEqual(said.flatMap(() => ['visitor', 'bot']))
  expect(messages.filter(({ from }) => from === 'visitor').map(({ payload }) => payload.text)).toEqual(said)
}, 180_000)
