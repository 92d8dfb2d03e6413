import { describe, expect, it } from 'vitest'
import { BotDefinition, IntegrationDefinition, IntegrationImplementation } from 'plugboard'
import { type LogSink, startBot } from 'plugboard/runtime'

const definition = new IntegrationDefinition({ name: 'hooked', version: '1.0.0' })
type Handlers = ConstructorParameters<typeof IntegrationImplementation<(typeof definition)['$types']>>[1]

/** What the start of a bot warns of that has the integration twice. */
async function warningsOf(handlers: Handlers): Promise<string[]> {
  const own = new IntegrationDefinition({ name: 'hooked', version: '1.0.0' })
  const hooked = own.implementedBy(async () => ({ default: new IntegrationImplementation(own, handlers) }))
  const warnings: string[] = []
  const log: LogSink = ({ level, message, integration }) => {
    if (level === 'warn') warnings.push(`${String(integration)}: ${message.split(',')[0]}`)
  }
  const bot = new BotDefinition().addIntegration(hooked, { alias: 'a' }).addIntegration(hooked, { alias: 'b' })
  await using running = await startBot(bot, { environment: {}, log })
  const request = { method: 'POST', path: '/webhook', query: '', headers: {}, body: '{}', rawBody: new Uint8Array() }
  const { signal } = new AbortController()
  if (handlers.handler)
    for (const _ of [1, 2]) expect(await running.receive('a', { ...request, signal })).toEqual({ status: 200 })
  return warnings
}

const handler = async (): Promise<void> => {}
const twice = 'the integration does not tell one delivery from another'
const believed = 'the integration does not verify requests'

describe('a webhook', () => {
  it('that tells no deliveries apart and verifies nothing is warned of, once an installation', async () => {
    expect(await warningsOf({ handler })).toEqual([`a: ${twice}`, `a: ${believed}`, `b: ${twice}`, `b: ${believed}`])
  })

  it('is warned of only for what it does not do', async () => {
    expect(await warningsOf({ handler, webhook: { verify: () => true } })).toEqual([`a: ${twice}`, `b: ${twice}`])
    expect(await warningsOf({ handler, webhook: { deliveryId: () => undefined } })).toEqual([
      `a: ${believed}`,
      `b: ${believed}`,
    ])
  })

  it('is not warned of where its author says that it is meant so, or where there is none', async () => {
    expect(await warningsOf({ handler, webhook: { verify: 'none', deliveryId: 'none' } })).toEqual([])
    expect(await warningsOf({})).toEqual([])
  })
})
