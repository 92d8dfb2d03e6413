import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { Hub, own, owner } from './hub.fixture.ts'
import { configurationFor, type Triage, triage } from './triage.fixture.ts'

let hub: Hub
let bot: Triage
let id: string
beforeAll(async () => {
  hub = await Hub.start()
  bot = await triage(hub, { configuration: configurationFor(hub) })
})
afterAll(async () => {
  await bot[Symbol.asyncDispose]()
  await hub[Symbol.asyncDispose]()
})
beforeEach(async () => {
  id = `${await hub.open(owner, { title: 'It crashes' })}`
  await bot.running.idle()
  bot.events.length = 0
})
const item = async () => (await bot.actions.readItem({ id })).item
const told = async () => {
  await bot.running.idle()
  return bot.told()
}

it('gives labels and takes them, and one that is not there is taken already', async () => {
  await bot.actions.addLabels({ id, labels: ['bug', 'needs triage'] })
  expect((await item()).labels.toSorted()).toEqual(['bug', 'needs triage'])
  await bot.actions.removeLabel({ id, label: 'needs triage' })
  await bot.actions.removeLabel({ id, label: 'needs triage' })
  expect((await item()).labels).toEqual(['bug'])
  expect(await told()).toEqual(['itemUpdated', 'itemUpdated'])
})

it('assigns and takes back', async () => {
  await bot.actions.assign({ id, assignees: ['bob'] })
  expect((await item()).assignees).toEqual(['bob'])
  await bot.actions.unassign({ id, assignees: ['bob'] })
  expect((await item()).assignees).toEqual([])
  await expect(bot.actions.assign({ id, assignees: ['eve'] })).rejects.toMatchObject({
    code: 'vendor_refused',
    where: { path: 'assignees.0' },
  })
})

it('closes and opens again, and is told of it once', async () => {
  const { issue } = await bot.actions.closeIssue({ id, reason: 'not_planned' })
  expect(issue).toMatchObject({ id, state: 'closed', stateReason: 'not_planned' })
  await bot.actions.closeIssue({ id })
  expect((await bot.actions.reopenIssue({ id })).issue.state).toBe('open')
  await bot.actions.reopenIssue({ id })
  expect(await told()).toEqual(['itemUpdated', 'itemUpdated'])
})

it('comments', async () => {
  const { commentId, url } = await bot.actions.comment({ id, markdown: 'Looking **into** it.' })
  const comment = await hub.as(owner, 'GET', `/repos/ada/engine/issues/comments/${commentId}`)
  expect(comment).toMatchObject({ body: 'Looking **into** it.', user: { login: own } })
  expect(url).toContain(commentId)
  expect((await item()).comments).toBe(1)
})

describe('a search', () => {
  it('finds issues of the repository alone, page by page', async () => {
    for (const title of ['A needle', 'Another needle', 'A third needle']) await hub.open(owner, { title })
    await hub.as(owner, 'POST', '/repos/ada/another/issues', { title: 'A needle elsewhere' })
    const found: string[] = []
    let cursor: string | undefined
    do {
      const page = await bot.actions.searchIssues({ query: 'needle', limit: 2, cursor })
      expect(page.total).toBe(3)
      found.push(...page.issues.map(({ title }) => title))
      cursor = page.nextCursor
    } while (cursor !== undefined)
    expect(found.toSorted()).toEqual(['A needle', 'A third needle', 'Another needle'])
    const { issues } = await bot.actions.searchIssues({ query: 'needle repo:ada/another' })
    expect(issues.filter(({ title }) => title.includes('elsewhere'))).toEqual([])
  })

  it('goes on by no cursor of another one', async () => {
    for (const title of ['A haystack', 'Another haystack']) await hub.open(owner, { title })
    const { nextCursor: cursor } = await bot.actions.searchIssues({ query: 'haystack', limit: 1 })
    expect(cursor).toBeTypeOf('string')
    for (const query of ['needle', ''])
      await expect(bot.actions.searchIssues({ query, cursor })).rejects.toMatchObject({
        code: 'vendor_refused',
        where: { path: 'cursor' },
      })
  })
})

it.each(['0', 'x', ''])('knows no issue %j', async (none) => {
  const refused = { code: 'vendor_refused', where: { path: 'id' } }
  await expect(bot.actions.addLabels({ id: none, labels: ['bug'] })).rejects.toMatchObject(refused)
  await expect(bot.actions.closeIssue({ id: none })).rejects.toMatchObject(refused)
  await expect(bot.actions.comment({ id: none, markdown: 'x' })).rejects.toMatchObject(refused)
})
