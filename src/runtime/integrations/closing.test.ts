import { BotDefinition, IntegrationDefinition, IntegrationImplementation, z } from 'plugboard'
import { startBot } from 'plugboard/runtime'
import { expect, it, vi } from 'vitest'

const definition = new IntegrationDefinition({
  name: 'line',
  version: '1.0.0',
  configuration: { schema: z.object({ number: z.string() }) },
  actions: { call: { input: { schema: z.object({}) }, output: { schema: z.object({}) } } },
})
type Handlers = ConstructorParameters<typeof IntegrationImplementation<(typeof definition)['$types']>>[1]

function started(stop: NonNullable<Handlers['stop']>) {
  const said: string[] = []
  const line = definition.implementedBy(async () => ({
    default: new IntegrationImplementation(definition, {
      stop,
      actions: {
        call: ({ signal }) =>
          new Promise((_, reject) => {
            said.push('calls')
            signal.addEventListener('abort', () => {
              said.push('hangs up')
              reject(signal.reason as Error)
            })
          }),
      },
    }),
  }))
  const lines: { level: string; message: string }[] = []
  const bot = new BotDefinition({ name: 'operator' })
    .addIntegration(line, { alias: 'one', configuration: { number: '1' } })
    .addIntegration(line, { alias: 'two', configuration: { number: '2' } })
    .addIntegration(line, { alias: 'off', configuration: { number: '3' }, enabled: false })
  return { said, lines, start: () => startBot(bot, { environment: {}, log: (line) => void lines.push(line) }) }
}

it('has each installation close what it keeps open, once, when the bot stops and its calls have ended', async () => {
  const closed: string[] = []
  const { said, start } = started(async ({ ctx, configuration }) => {
    closed.push(`${ctx.integrationAlias} ${configuration.number} after ${said.join(', ')}`)
  })
  const bot = await start()
  const calling = bot.actions.one.call({}).catch(() => {})
  await vi.waitFor(() => expect(said).toEqual(['calls']))
  expect(closed).toEqual([])
  await Promise.all([bot.stop(), bot.stop()])
  await calling
  expect(closed.toSorted()).toEqual(['one 1 after calls, hangs up', 'two 2 after calls, hangs up'])
})

it('tells in the log of one that fails, and stops all the same', async () => {
  const { lines, start } = started(async ({ ctx }) => {
    if (ctx.integrationAlias === 'one') throw new Error('jammed')
  })
  await (await start()).stop()
  expect(lines.filter(({ level }) => level === 'warn').map(({ message }) => message)).toEqual([
    'the integration did not close what it kept open',
  ])
})
