import { expect, it } from 'vitest'
import { BotDefinition, IntegrationDefinition, IntegrationImplementation } from 'plugboard'
import { startBot } from 'plugboard/runtime'
import { fetchHandler, type HttpOptions } from './fetch-handler.ts'

const paged = (name: string) => {
  const definition = new IntegrationDefinition({ name, attributes: { page: '/chat' } })
  return definition.implementedBy(async () => ({ default: new IntegrationImplementation(definition, {}) }))
}
const html = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }

/** Opens the address of a bot that has these pages. */
async function open(names: readonly string[], headers: Record<string, string>, options: HttpOptions = {}) {
  const bot = new BotDefinition({ name: 'office' })
  for (const name of names) bot.addIntegration(paged(name))
  await using running = await startBot(bot, { log: () => {} })
  const { basePath = '' } = options
  const response = await fetchHandler(() => running, options)(new Request(`http://host${basePath}/`, { headers }))
  return { status: response.status, headers: response.headers, body: await response.text() }
}

it('the address of a bot leads a browser to its only page', async () => {
  const { status, headers } = await open(['webchat'], html)
  expect([status, headers.get('location')]).toEqual([302, 'webchat/chat'])
  const below = await open(['webchat'], html, { basePath: '/bots' })
  expect(below.headers.get('location')).toBe('/bots/webchat/chat')
})

it('the address of a bot shows a browser which pages there are, and that it is running', async () => {
  const { status, headers, body } = await open(['webchat', 'desk'], html)
  expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
  expect(body).toContain('<h1>office</h1><p>It is running.</p>')
  expect(body).toContain('<a href="webchat/chat">webchat</a>')
  expect(body).toContain('<a href="desk/chat">desk</a>')
  expect((await open([], html)).body).toContain('It has no page of its own.')
})

it('the address of a bot tells the same to others as JSON', async () => {
  const { status, body } = await open(['webchat'], {}, { basePath: '/bots' })
  expect(status).toBe(200)
  expect(JSON.parse(body)).toEqual({
    bot: 'office',
    status: 'ready',
    pages: [{ alias: 'webchat', path: '/bots/webchat/chat' }],
    health: '/bots/health',
    ready: '/bots/ready',
  })
})
