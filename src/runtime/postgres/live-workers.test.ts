import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import type { ChatPart, ChatSaid } from './chat-worker.fixture.ts'
import { newSchema, postgresUrl } from './shared-postgres.fixture.ts'

const script = fileURLToPath(new URL('./chat-worker.fixture.ts', import.meta.url))
const children: ChildProcess[] = []
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

async function startWorker(name: string) {
  const child = spawn(process.execPath, ['-C', '@plugboard/source', script, name, await postgresUrl()], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  children.push(child)
  const [said] = (await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) => Promise.reject(new Error(`ended with ${String(code)}`))),
  ])) as [ChatSaid]
  return { ...said, speak: (part: string) => void child.send({ part } satisfies ChatPart) }
}

interface Shown {
  readonly id: string
  readonly from: string
  readonly payload: { readonly text: string }
}

/** The events of a page, as they come. */
async function* eventsOf(url: string, authorization: string, signal: AbortSignal) {
  const response = await fetch(`${url}events`, { headers: { authorization }, signal })
  let rest = ''
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const frames = (rest + chunk).split('\n\n')
    rest = frames.pop() ?? ''
    for (const frame of frames) {
      const [, event, data] = /^(?:id: .*\n)?event: (.*)\ndata: (.*)$/.exec(frame) ?? []
      if (event !== undefined && data !== undefined) yield { event, message: JSON.parse(data) as Shown }
    }
  }
}

describe('who reads in one process', () => {
  it('sees drafts of any size as they are made in another one, in order, and then the message once', async () => {
    const name = newSchema().replaceAll('_', '-')
    const [reading, working] = await Promise.all([startWorker(name), startWorker(name)])
    const session = await fetch(`${reading.url}session`, { method: 'POST' })
    const authorization = `Bearer ${((await session.json()) as { token: string }).token}`
    const say = (text: string) =>
      fetch(`${working.url}messages`, {
        method: 'POST',
        headers: { authorization },
        body: JSON.stringify({ text, clientMessageId: text }),
      })
    const leaving = new AbortController()
    const events = eventsOf(reading.url, authorization, leaving.signal)
    const seen: string[] = []
    const next = async (): Promise<Shown> => {
      const { value } = await events.next()
      if (!value) throw new Error('the events ended')
      const { event, message } = value
      seen.push(`${event} ${message.from} ${message.payload.text}`)
      return message
    }

    const taken = await say('hello')
    expect(taken.status).toBe(202)
    await next()
    const large = 'ä😀'.repeat(10_000)
    const answered = new Set<string>()
    // Each part is said when the one before was seen.
    for (const part of ['One', ', two', large]) {
      working.speak(part)
      answered.add((await next()).id)
    }
    working.speak('')
    answered.add((await next()).id)
    expect(answered.size).toBe(1)
    working.speak('')
    await say('again')
    await next()
    await next()
    expect(seen).toEqual([
      'message visitor hello',
      'draft bot One',
      'draft bot One, two',
      `draft bot One, two${large}`,
      `message bot One, two${large}.${working.pid}`,
      'message visitor again',
      `message bot .${working.pid}`,
    ])
    leaving.abort()
  }, 60_000)
})
