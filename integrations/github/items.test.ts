import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { Hub, own, owner, says } from './hub.fixture.ts'
import { configurationFor, type Triage, triage } from './triage.fixture.ts'

let hub: Hub
let bot: Triage
beforeAll(async () => {
  hub = await Hub.start()
  bot = await triage(hub, { configuration: configurationFor(hub) })
})
afterAll(async () => {
  await bot[Symbol.asyncDispose]()
  await hub[Symbol.asyncDispose]()
})
beforeEach(async () => {
  await bot.running.idle()
  hub.forget()
  hub.mayDelete = true
  hub.asked.length = 0
  bot.events.length = 0
})
const refused = { code: 'vendor_refused', retryable: false }
/** All ids, by pages of a size, with something done behind the first page. */
async function idsBy(limit: number, meanwhile: () => void | Promise<void> = () => {}): Promise<string[]> {
  const ids: string[] = []
  let cursor: string | undefined
  do {
    const page = await bot.actions.listItems({ limit, cursor })
    if (cursor === undefined) await meanwhile()
    ids.push(...page.items.map(({ id }) => id))
    cursor = page.nextCursor
  } while (cursor !== undefined)
  return ids
}

describe('an issue', () => {
  it('is an item with what GitHub tells of it', async () => {
    const { item } = await bot.actions.createItem({
      draft: { title: 'It crashes', body: 'When it starts.', labels: ['bug'], assignees: ['bob'] },
    })
    expect(item).toMatchObject({
      title: 'It crashes',
      body: 'When it starts.',
      state: 'open',
      labels: ['bug'],
      assignees: ['bob'],
      author: own,
      comments: 0,
      url: expect.stringContaining(`/${owner}/engine/issues/${item.id}`) as string,
    })
    expect(await bot.actions.readItem({ id: item.id })).toEqual({ item })
  })

  it('is given no labels and nobody by whom GitHub lets only read: it would leave them out, and say nothing', async () => {
    const { item } = await bot.actions.createItem({ draft: { title: 'It is here' } })
    const reading = says(200, {
      permissions: { admin: false, maintain: false, push: false, triage: false, pull: true },
    })
    const named: readonly { labels?: string[]; assignees?: string[] }[] = [{ labels: ['bug'] }, { assignees: ['bob'] }]
    for (const change of named) {
      const [field] = Object.keys(change)
      hub.instead(/^GET \/repos\/ada\/engine$/, reading, reading)
      const unauthorized = { code: 'vendor_unauthorized', retryable: false }
      await expect(bot.actions.createItem({ draft: { title: 'No', ...change } })).rejects.toMatchObject({
        ...unauthorized,
        where: { path: `draft.${field}` },
      })
      await expect(bot.actions.updateItem({ item, changes: change })).rejects.toMatchObject({
        ...unauthorized,
        where: { path: `changes.${field}` },
      })
    }
    expect(hub.asked.filter((one) => one.startsWith('POST') || one.startsWith('PATCH'))).toHaveLength(1)
    const triaging = says(200, { permissions: { push: false, triage: true, pull: true } })
    hub.forget()
    hub.instead(/^GET \/repos\/ada\/engine$/, triaging)
    const { item: labelled } = await bot.actions.updateItem({ item, changes: { labels: ['bug'] } })
    expect(labelled.labels).toEqual(['bug'])
  })

  it('is changed in what is named, and told of once', async () => {
    const { item } = await bot.actions.createItem({ draft: { title: 'It is slow', body: 'Very.' } })
    await bot.running.idle()
    bot.events.length = 0
    const { item: changed } = await bot.actions.updateItem({
      item,
      changes: { state: 'closed', stateReason: 'not_planned', labels: ['wontfix'] },
    })
    expect(changed).toMatchObject({ title: 'It is slow', body: 'Very.', state: 'closed', stateReason: 'not_planned' })
    await bot.actions.updateItem({ item, changes: {} })
    await bot.running.idle()
    expect(bot.told()).toEqual(['itemUpdated'])
  })

  it('is deleted by who may, and closing it is something else', async () => {
    const { item } = await bot.actions.createItem({ draft: { title: 'It is gone' } })
    hub.mayDelete = false
    await expect(bot.actions.deleteItem({ item })).rejects.toMatchObject({ code: 'vendor_unauthorized' })
    expect(await bot.actions.readItem({ id: item.id })).toEqual({ item })
    hub.mayDelete = true
    await bot.running.idle()
    bot.events.length = 0
    await bot.actions.deleteItem({ item })
    await bot.actions.deleteItem({ item })
    await bot.running.idle()
    expect(bot.told()).toEqual(['itemDeleted'])
    await expect(bot.actions.readItem({ id: item.id })).rejects.toMatchObject(refused)
  })

  it('is not taken for deleted because the repository is not shown', async () => {
    const { item } = await bot.actions.createItem({ draft: { title: 'It hides' } })
    const missing = says(404, { message: 'Not Found' })
    hub.instead(/^GET \/repos\/ada\/engine/, missing, missing)
    await expect(bot.actions.deleteItem({ item })).rejects.toMatchObject({ ...refused, where: { path: 'repository' } })
  })

  it.each(['0', '-1', '1.5', 'a', '', '../1', '99999999999', '١'])('has no id such as %j', async (id) => {
    const { item } = await bot.actions.createItem({ draft: { title: 'Another one' } })
    await bot.running.idle()
    hub.asked.length = 0
    const none = { ...item, id }
    await expect(bot.actions.readItem({ id })).rejects.toMatchObject(refused)
    await expect(bot.actions.updateItem({ item: none, changes: { title: 'x' } })).rejects.toMatchObject(refused)
    await bot.actions.deleteItem({ item: none })
    expect(hub.asked).toEqual([])
  })

  it('that was transferred is refused, and not read where it is now', async () => {
    hub.instead(/^GET .*\/issues\/77$/, says(301, { message: 'Moved Permanently' }, { location: `${hub.url}/user` }))
    await expect(bot.actions.readItem({ id: '77' })).rejects.toMatchObject({
      ...refused,
      message: expect.stringContaining('transferred') as string,
    })
  })

  it('is none where it is a pull request', async () => {
    const { item } = await bot.actions.createItem({ draft: { title: 'Mend it' } })
    const told = await hub.as(owner, 'GET', `/repos/ada/engine/issues/${item.id}`)
    const pull = says(200, { ...told, pull_request: { url: 'https://api.github.com/repos/ada/engine/pulls/1' } })
    hub.instead(/^GET .*\/issues\/\d+$/, pull, pull)
    await expect(bot.actions.readItem({ id: item.id })).rejects.toMatchObject(refused)
    await expect(bot.actions.updateItem({ item, changes: { title: 'x' } })).rejects.toMatchObject(refused)
  })

  it('is not given to whom GitHub would leave out', async () => {
    const draft = { title: 'For nobody', assignees: ['ada', 'eve'] }
    await expect(bot.actions.createItem({ draft })).rejects.toMatchObject({
      ...refused,
      where: { path: 'draft.assignees.1' },
    })
    expect(hub.asked.filter((asked) => asked.startsWith('POST'))).toEqual([])
  })
})

describe('a list', () => {
  it('goes on where it was, though what is before is deleted, over the pages of GitHub', async () => {
    for (let count = (await idsBy(100)).length; count < 203; count += 1)
      await hub.open('bob', { title: `Filler ${count}` })
    const all = await idsBy(100)
    expect(all.length).toBe(203)
    expect(new Set(all).size).toBe(203)
    const gone = all.slice(0, 3).map(Number)
    const met = await idsBy(100, () => gone.forEach((number) => hub.deleted.add(number)))
    expect(met).toEqual(all)
    const rest = all.slice(3)
    expect(await idsBy(7)).toEqual(rest)
    expect(await idsBy(50, async () => void (await hub.open('bob', { title: 'New' })))).toHaveLength(rest.length + 1)
  })

  it('leaves pull requests out, and goes on behind them', async () => {
    const told = await hub.as(owner, 'GET', `/repos/ada/engine/issues/${(await idsBy(100)).at(-1)}`)
    const entry = (number: number, isPull: boolean) => ({
      ...told,
      number,
      created_at: new Date(Date.UTC(2026, 0, number)).toISOString(),
      ...(isPull && { pull_request: {} }),
    })
    const page = says(200, [entry(1, true), entry(2, false), entry(3, true), entry(4, true), entry(5, false)])
    hub.instead(/^GET .*\/issues\?/, page, page)
    const first = await bot.actions.listItems({ limit: 1 })
    expect(first.items.map(({ id }) => id)).toEqual(['2'])
    const second = await bot.actions.listItems({ limit: 1, cursor: first.nextCursor })
    expect(second.items.map(({ id }) => id)).toEqual(['5'])
    expect(second.nextCursor).toBeUndefined()
  })
})
