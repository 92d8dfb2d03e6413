import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text as textOf } from 'node:stream/consumers'
import { LLMock } from '@copilotkit/aimock'
import { sqliteStore } from 'plugboard/runtime'
import { describe, expect, it, onTestFinished } from 'vitest'
import { start } from './triage.fixture.ts'

/** The bot as it is, in a process of its own. Gives what it prints. */
async function said(words: readonly string[], environment: Record<string, string> = {}): Promise<string> {
  const child = spawn(process.execPath, ['-C', '@plugboard/source', join(import.meta.dirname, 'main.ts'), ...words], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: process.env['PATH'], ...environment },
  })
  const [printed] = await Promise.all([textOf(child.stdout), once(child, 'exit')])
  expect(child.exitCode).toBe(0)
  return printed
}

describe('the bot that looks through issues', () => {
  it('works as it is, without any key', async () => {
    const printed = await said(['--say', 'triage'])
    expect(printed.split('\n')).toEqual(
      expect.arrayContaining([
        'I look for new issues.',
        expect.stringMatching(/^note-1 “It crashes when the file is empty” gets bug, priority: high: /),
        expect.stringMatching(/^note-2 “Typo in the read-me” gets documentation, priority: low: /),
        expect.stringMatching(/^note-3 “Please add a dark mode” gets feature, priority: low: /),
        expect.stringMatching(/^note-4 “How do I change the port\?” gets question, priority: normal: /),
      ]),
    )
    expect(await said(['--say', 'triage'], { TRIAGE_DRY_RUN: '1' })).toContain('would get bug, priority: high')
  }, 60_000)

  it('says in one line what is wrong with a date, and does not start', async () => {
    const words = ['-C', '@plugboard/source', join(import.meta.dirname, 'main.ts')]
    const child = spawn(process.execPath, words, {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { PATH: process.env['PATH'], TRIAGE_SINCE: 'yesterday' },
    })
    const [printed] = await Promise.all([textOf(child.stderr), once(child, 'exit')])
    expect(printed).toMatch(/^error \[argument_invalid\] 'yesterday' is no date .*TRIAGE_SINCE like 2026-11-29\n$/)
    expect(child.exitCode).toBe(2)
  }, 60_000)

  it('labels and comments on each new issue once', async () => {
    await using running = await start()
    await running.look()
    await running.look()
    const [crash, ...rest] = await running.issues()
    expect(crash).toMatchObject({ tags: ['bug', 'priority: high'] })
    expect(crash?.body.match(/Which version do you use/g)).toHaveLength(1)
    expect(rest.every(({ tags }) => tags.length === 2)).toBe(true)
    await running.actions.memory.createItem({ draft: { title: 'Nothing works', tags: ['windows'] } })
    await running.look()
    expect((await running.issues()).at(-1)).toMatchObject({ tags: ['windows', 'other', 'priority: normal'] })
    expect((await running.deadLetters()).items).toEqual([])
  })

  it('touches nothing in a dry run, and makes up for it afterwards', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'triage-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    const open = () => sqliteStore(join(folder, 'store.db'))
    {
      await using store = await open()
      await using running = await start({ dryRun: true, store })
      const before = await running.issues()
      await running.look()
      await running.look()
      expect(await running.issues()).toEqual(before)
      expect(running.sent.filter((text) => text.includes('would get'))).toHaveLength(before.length)
    }
    await using store = await open()
    await using running = await start({ store })
    await running.look()
    expect((await running.issues()).every(({ tags }) => tags.length === 2)).toBe(true)
  })

  it('leaves alone what is closed, and what somebody has looked at', async () => {
    await using running = await start()
    const { createItem } = running.actions.memory
    await createItem({ draft: { title: 'Old bug', done: true } })
    await createItem({ draft: { title: 'Known bug', tags: ['bug', 'priority: low'] } })
    await running.look()
    expect((await running.issues()).slice(-2)).toMatchObject([{ tags: [] }, { tags: ['bug', 'priority: low'] }])
  })
})

describe('with a real model', () => {
  const verdict = { kind: 'bug', priority: 'low', comment: 'A model has read this.' }

  it.each(['openai', 'anthropic', 'google'])('of %s it works by a binding alone', async (provider) => {
    const vendors = await LLMock.create({ host: '127.0.0.1' })
    onTestFinished(() => vendors.stop())
    vendors.onMessage(/./, { content: JSON.stringify(verdict) })
    const environment = {
      PLUGBOARD_BIND_BOT_LLM: provider,
      [`${provider.toUpperCase()}_API_KEY`]: 'a-key',
      [`${provider.toUpperCase()}_BASE_URL`]: `${vendors.url}/${provider === 'google' ? 'v1beta' : 'v1'}`,
    }
    await using running = await start({ environment })
    await running.look()
    for (const { tags, body } of await running.issues()) {
      expect(tags).toEqual(['bug', 'priority: low'])
      expect(body).toContain('> A model has read this.')
    }
  })

  it('asks again where the answer does not fit', async () => {
    const vendors = await LLMock.create({ host: '127.0.0.1' })
    onTestFinished(() => vendors.stop())
    const asked = new Map<string, number>()
    vendors.on({ predicate: () => true }, ({ messages }) => {
      const issue = JSON.stringify(messages.at(-1)?.content)
      asked.set(issue, (asked.get(issue) ?? 0) + 1)
      return { content: JSON.stringify({ ...verdict, kind: asked.get(issue) === 1 ? 'disaster' : 'bug' }) }
    })
    const environment = {
      PLUGBOARD_BIND_BOT_LLM: 'openai',
      OPENAI_API_KEY: 'a-key',
      OPENAI_BASE_URL: `${vendors.url}/v1`,
    }
    await using running = await start({ environment })
    await running.look()
    for (const { tags } of await running.issues()) expect(tags).toEqual(['bug', 'priority: low'])
    expect([...asked.values()].every((times) => times === 2)).toBe(true)
  })

  it('touches no issue of which it answers nonsense', async () => {
    const vendors = await LLMock.create({ host: '127.0.0.1' })
    onTestFinished(() => vendors.stop())
    vendors.onMessage(/./, { content: JSON.stringify({ ...verdict, kind: 'disaster' }) })
    const environment = {
      PLUGBOARD_BIND_BOT_LLM: 'openai',
      OPENAI_API_KEY: 'a-key',
      OPENAI_BASE_URL: `${vendors.url}/v1`,
    }
    await using running = await start({ environment })
    const before = await running.issues()
    await running.look()
    expect(await running.issues()).toEqual(before)
    const { items } = await running.deadLetters()
    expect(items.map(({ code }) => code)).toEqual(before.map(() => 'vendor_failed'))
    const told = running.lines.filter(({ issue }) => issue !== undefined)
    expect(told.map(({ issue, message }) => [issue, message.startsWith(`${String(issue)} could not`)])).toEqual(
      expect.arrayContaining(before.map(({ id }) => [id, true])),
    )
    for (const { id } of before)
      expect(running.sent).toContainEqual(expect.stringContaining(`${id} could not be looked at: `))
  })
})
