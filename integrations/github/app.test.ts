import { afterAll, beforeAll, expect, it } from 'vitest'
import { app, Hub, owner, repository } from './hub.fixture.ts'
import { ofComment, post, triage, webhookSecret } from './triage.fixture.ts'

let hub: Hub
beforeAll(async () => {
  hub = await Hub.start()
})
afterAll(() => hub[Symbol.asyncDispose]())
const configuration = (more: object = {}) => ({
  appId: app.appId,
  installationId: app.installationId,
  privateKey: hub.privateKey,
  owner,
  repository,
  apiUrl: hub.url,
  webhookSecret,
  ...more,
})

it('works as an app, whose own comments do not come back', async () => {
  await using bot = await triage(hub, { configurationType: 'app', configuration: configuration() })
  const { item } = await bot.actions.createItem({ draft: { title: 'By the app' } })
  expect(item.author).toBe(`${app.slug}[bot]`)
  const { commentId } = await bot.actions.comment({ id: item.id, markdown: 'Here I am.' })
  const own = await hub.as(owner, 'GET', `/repos/ada/engine/issues/comments/${commentId}`)
  await post(bot, { ...ofComment('created', { user: own['user'] }), delivery: 'own' })
  await post(bot, { ...ofComment('created'), delivery: 'of-bob' })
  await bot.running.idle()
  expect(bot.messages.map(({ text }) => text)).toEqual(['Here too.'])
})

it('asks for one token, which lasts for an hour', async () => {
  hub.asked.length = 0
  await using bot = await triage(hub, { configurationType: 'app', configuration: configuration() })
  for (const _ of ['first', 'second']) await bot.actions.listItems({})
  expect(hub.asked.filter((asked) => asked.includes('access_tokens'))).toHaveLength(1)
})

it('takes a key whose line ends were written down', async () => {
  const privateKey = hub.privateKey.replaceAll('\n', String.raw`\n`)
  await using bot = await triage(hub, { configurationType: 'app', configuration: configuration({ privateKey }) })
  expect((await bot.actions.listItems({ limit: 1 })).items).toHaveLength(1)
})

it.each<[string, object]>([
  ['a key that is none', { privateKey: '-----BEGIN RSA PRIVATE KEY-----\nbm9uZQ==\n-----END RSA PRIVATE KEY-----' }],
  ['an app that there is not', { appId: 9 }],
  ['an installation that there is not', { installationId: 9 }],
])('is told when the bot starts that it has %s', async (_, more) => {
  await using bot = await triage(hub, { configurationType: 'app', configuration: configuration(more) })
  await expect(bot.actions.listItems({})).rejects.toMatchObject({
    code: 'registration_failed',
    message: expect.stringContaining('[vendor_unauthorized]') as string,
  })
})
