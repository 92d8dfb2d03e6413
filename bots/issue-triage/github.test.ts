import { createEmulator } from 'emulate'
import { describe, expect, it, onTestFinished } from 'vitest'
import { triageBot, type TriageOptions } from './bot.ts'
import { start } from './triage.fixture.ts'

const repository = '/repos/ada/engine'
const token = 'ghp_of_the_bot'

/** An emulated repository, with what people see and do in it. */
async function repositoryOfAda() {
  const emulator = await createEmulator({
    service: 'github',
    port: 0,
    seed: {
      tokens: {
        [token]: { login: 'plug-bot', scopes: ['repo'] },
        ghp_of_ada: { login: 'ada', scopes: ['repo'] },
      },
      github: {
        users: [{ login: 'ada' }, { login: 'plug-bot' }],
        repos: [{ owner: 'ada', name: 'engine' }],
      },
    },
  })
  onTestFinished(() => emulator.close())
  const url = `http://127.0.0.1:${new URL(emulator.url).port}`
  const ask = async <T>(path: string, body?: object): Promise<T> => {
    const headers = { authorization: 'Bearer ghp_of_ada', 'content-type': 'application/json' }
    const request = body ? { method: 'POST', headers, body: JSON.stringify(body) } : { headers }
    return (await (await fetch(`${url}${repository}${path}`, request)).json()) as T
  }
  const labelsOf = async (number: number) => {
    const { labels } = await ask<{ labels: { name: string }[] }>(`/issues/${number}`)
    return labels.map(({ name }) => name)
  }
  const commentsOn = async (number: number) => {
    const comments = await ask<{ body: string; user: { login: string } }[]>(`/issues/${number}/comments`)
    return comments.map(({ body, user }) => `${user.login}: ${body}`)
  }
  const open = async (title: string, more: object = {}) =>
    (await ask<{ number: number }>('/issues', { title, ...more })).number
  return { url, open, labelsOf, commentsOn }
}

/** Runs the bot on the repository by a binding alone, and lets it look as often as is said. */
async function look(url: string, options: TriageOptions = {}, times = 1) {
  const environment = {
    GITHUB_TOKEN: token,
    GITHUB_OWNER: 'ada',
    GITHUB_REPOSITORY: 'engine',
    GITHUB_API_URL: url,
    PLUGBOARD_BIND_BOT_ISSUES: 'github',
  }
  await using running = await start({ ...options, environment })
  for (let time = 0; time < times; time += 1) await running.look()
  expect((await running.deadLetters()).items).toEqual([])
}

describe('on GitHub', () => {
  it('each new issue is labelled and commented on once', async () => {
    const { url, open, labelsOf, commentsOn } = await repositoryOfAda()
    const crash = await open('It crashes', { body: 'Each time.', labels: ['windows'] })
    const question = await open('How is it started?')
    await look(url, {}, 2)
    expect(await labelsOf(crash)).toEqual(['windows', 'bug', 'priority: high'])
    expect(await commentsOn(crash)).toEqual([
      'plug-bot: Thank you for telling us. We look at this first. Which version do you use?',
    ])
    expect(await labelsOf(question)).toEqual(['question', 'priority: normal'])
    // Another bot, or the same one that has forgotten everything.
    await look(url)
    expect(await commentsOn(crash)).toHaveLength(1)
  })

  it('nothing is touched in a dry run, nor what was opened before', async () => {
    const { url, open, labelsOf, commentsOn } = await repositoryOfAda()
    const crash = await open('It crashes')
    await look(url, { dryRun: true })
    await look(url, { since: new Date(Date.now() + 3_600_000).toISOString() })
    expect([await labelsOf(crash), await commentsOn(crash)]).toEqual([[], []])
    expect(() => triageBot({ since: 'yesterday' })).toThrow(expect.objectContaining({ code: 'argument_invalid' }))
  })
})
