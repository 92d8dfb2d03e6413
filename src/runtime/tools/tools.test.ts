import { describe, expect, it } from 'vitest'
import {
  BotDefinition,
  BotImplementation,
  bytes,
  CompositionError,
  IntegrationDefinition,
  IntegrationImplementation,
  PlugboardError,
  PluginDefinition,
  PluginImplementation,
  type Problem,
  type Tool,
  type ToolResult,
  z,
} from 'plugboard'
import { startBot, type StartOptions } from 'plugboard/runtime'
import { type Behaviour, gate, speaker, webhook } from '../bot/speech.fixture.ts'

const quiet = { log: () => {}, environment: {} }
const nothing = { schema: z.object({}) }
const text = { schema: z.object({ text: z.string() }) }

/** A plugin that does with its tools what a test says, for each message. */
function agent(work: (tools: readonly Tool[], attempt: number) => Promise<unknown>) {
  const definition = new PluginDefinition({ name: 'agent', takesTools: true })
  const plugin = new PluginImplementation(definition)
  let attempts = 0
  plugin.on.message('text', async ({ tools }) => {
    attempts += 1
    await work(tools, attempts)
  })
  return definition.implementedBy(async () => ({ default: plugin }))
}

const problemsOf = async (start: Promise<unknown>): Promise<readonly Problem[]> => {
  const error: unknown = await start.catch((thrown: unknown) => thrown)
  return error instanceof CompositionError ? error.problems : []
}

describe('tools that cannot be given', () => {
  const uploader = new IntegrationDefinition({
    name: 'uploader',
    actions: {
      upload: { input: { schema: z.object({ content: bytes }) }, output: nothing },
      choose: {
        input: { schema: z.union([z.object({ a: z.string() }), z.object({ b: z.string() })]) as never },
        output: nothing,
      },
    },
  })
  const installed = uploader.implementedBy(async () => ({
    default: new IntegrationImplementation(uploader, {
      actions: { upload: async () => ({}), choose: async () => ({}) },
    }),
  }))
  const start = (tools: readonly unknown[], options: StartOptions = {}) =>
    startBot(
      new BotDefinition({ actions: { report: { input: nothing, output: nothing } } })
        .addIntegration(speaker('one'))
        .addIntegration(speaker('off'), { enabled: false })
        .addIntegration(installed)
        .addPlugin(
          agent(async () => {}),
          { tools: tools as never },
        ),
      { ...quiet, ...options },
    )

  it.each([
    ['two:say', 'alias_unknown', "nothing is installed as 'two'"],
    ['one:sing', 'action_unknown', "'one' has no action 'sing'"],
    ['one:toString', 'action_unknown', "'one' has no action 'toString'"],
    ['bot:sing', 'action_unknown', "the bot has no action 'sing'"],
    ['off:say', 'installation_inactive', "integration 'off' is disabled"],
    ['uploader:upload', 'tool_invalid', "the input of action 'upload' of 'uploader' cannot be told to a model"],
    ['uploader:choose', 'tool_invalid', 'it is no single object'],
    [{ action: 'one:say', name: 'say it' }, 'name_invalid', "'say it' is no name of a tool"],
    [{ action: 'one:say', name: 'x'.repeat(65) }, 'name_invalid', 'is no name of a tool'],
  ])('are told when the bot starts: %j', async (tool, code, message) => {
    expect(await problemsOf(start([tool]))).toEqual([
      expect.objectContaining({ code, path: 'agent.tools.0', message: expect.stringContaining(message) }),
    ])
  })

  it('are told together: two of one name as well', async () => {
    const tools = ['one:say', { action: 'bot:report', name: 'one_say' }, 'two:say']
    expect((await problemsOf(start(tools))).map(({ code, path }) => `${code} ${path}`)).toEqual([
      'name_taken agent.tools.1',
      'alias_unknown agent.tools.2',
    ])
  })

  it.each([
    ['one:say', 'tool_invalid addPlugin.options.tools'],
    [['say'], 'tool_invalid addPlugin.options.tools.0'],
    [[7], 'tool_invalid addPlugin.options.tools.0'],
    [[{ action: 'one:say', names: 'say' }], 'definition_invalid addPlugin.options.tools.0.names'],
  ])('are told when they are given, where their form is wrong: %j', (tools, problem) => {
    const bot = new BotDefinition().addIntegration(speaker('one'))
    expect(() =>
      bot.addPlugin(
        agent(async () => {}),
        { tools: tools as never },
      ),
    ).toThrow(
      expect.objectContaining({
        problems: [expect.objectContaining({ code: problem.split(' ')[0], path: problem.split(' ')[1] })],
      }),
    )
  })

  it('are told of a plugin that takes none', () => {
    const plain = new PluginDefinition({ name: 'plain' }).implementedBy(async () => ({ default: undefined as never }))
    const bot = new BotDefinition().addIntegration(speaker('one'))
    expect(() => bot.addPlugin(plain, { tools: ['one:say'] as never })).toThrow("plugin 'plain' takes no tools")
    expect(() => bot.addPlugin(plain, { tools: [] })).not.toThrow()
  })
})

describe('a tool', () => {
  const own = {
    title: 'Report',
    input: { schema: z.object({ day: z.string().describe('The day.'), length: z.number().default(1) }) },
    output: { schema: z.object({ saved: z.unknown() }) },
  }
  async function start(
    work: (tools: readonly Tool[], attempt: number) => Promise<unknown>,
    {
      say = async ({ input }) => ({ text: String(input['text']) }),
      report = async () => undefined,
      ...options
    }: Pick<Behaviour, 'say'> & { report?: (client: never) => Promise<unknown> } & StartOptions = {},
  ) {
    const one = speaker('one', { say })
    const heard: unknown[] = []
    const definition = new BotDefinition({
      actions: { report: own },
      events: { reported: { schema: z.object({ day: z.string() }) } },
    })
      .addIntegration(one)
      .addPlugin(agent(work), {
        tools: [
          'one:say',
          'one:sayWords',
          { action: 'bot:report', description: 'Writes a report.' },
          { action: 'one:listVoices', name: 'voices' },
        ],
      })
    const bot = new BotImplementation(definition, {
      actions: {
        report: async ({ input, client }) => {
          await client.createEvent({ type: 'reported', payload: { day: input.day } })
          return { saved: (await report(client as never)) ?? input }
        },
      },
    })
    bot.on.event('reported', async ({ event }) => void heard.push(event.payload.day))
    const running = await startBot(bot, { ...quiet, retries: { attempts: 3, delay: 1 }, ...options })
    await running.receive('one', webhook({ text: 'hi' }))
    await running.idle()
    return Object.assign(running, { heard })
  }

  it('is told as a model wants it told', async () => {
    let told: readonly Tool[] = []
    await using _ = await start(async (tools) => void (told = tools))
    expect(told.map(({ name, description }) => ({ name, description }))).toEqual([
      { name: 'one_say', description: undefined },
      { name: 'one_sayWords', description: undefined },
      { name: 'report', description: 'Writes a report.' },
      { name: 'voices', description: undefined },
    ])
    expect(told[2]?.inputSchema).toEqual({
      type: 'object',
      properties: { day: { type: 'string', description: 'The day.' }, length: { type: 'number', default: 1 } },
      required: ['day'],
    })
  })

  it('gives what the action gives, also what one ends with that streams', async () => {
    const results: ToolResult[] = []
    await using bot = await start(async ([say, sayWords, report]) => {
      results.push(await (say as Tool).call({ text: 'a' }, { step: '1' }))
      results.push(await (sayWords as Tool).call({ text: 'b c' }, { step: '2' }))
      results.push(await (report as Tool).call({ day: 'Monday' }, { step: '3' }))
    })
    expect(results).toEqual([
      { output: { text: 'a' } },
      { output: { text: 'b c' } },
      { output: { saved: { day: 'Monday', length: 1 } } },
    ])
    expect(bot.heard).toEqual(['Monday'])
  })

  it('gives plain JSON', async () => {
    const results: ToolResult[] = []
    const report = async () => ({
      at: new Date(0),
      size: 12n,
      raw: new Uint8Array(3),
      buffer: Buffer.from('ab'),
      none: undefined,
    })
    await using _ = await start(
      async (tools) => void results.push(await (tools[2] as Tool).call({ day: 'x' }, { step: '1' })),
      { report },
    )
    expect(results).toEqual([
      { output: { saved: { at: '1970-01-01T00:00:00.000Z', size: '12', raw: '[3 bytes]', buffer: '[2 bytes]' } } },
    ])
  })

  it('is called once over all attempts at the handler, also where it failed', async () => {
    const calls: string[] = []
    const say = (async ({ input, ctx }: { input: { text: string }; ctx: { idempotencyKey: string } }) => {
      calls.push(`${input.text} ${ctx.idempotencyKey.split('/').slice(2).join('/')}`)
      if (input.text === 'b') throw new PlugboardError({ code: 'vendor_refused', message: 'not that' })
      return { text: input.text }
    }) as never
    const results: ToolResult[] = []
    await using _ = await start(
      async ([tool], attempt) => {
        const call = (given: string, step: string) => (tool as Tool).call({ text: given }, { step })
        results.push(...(await Promise.all([call('a', 'first'), call('b', 'second')])))
        if (attempt < 3) throw new Error('not yet')
      },
      { say },
    )
    expect(calls).toEqual(['a tool/first', 'b tool/second'])
    const outcomes = [{ output: { text: 'a' } }, { error: { code: 'vendor_refused', message: 'not that' } }]
    expect(results).toEqual([...outcomes, ...outcomes, ...outcomes])
  })

  it('of a bot does with the handler what it does, once, and nothing where it fails', async () => {
    const steps: string[] = []
    let fails = true
    const report = async (client: { step<T>(name: string, work: () => Promise<T>): Promise<T> }) => {
      await client.step('pay', async () => void steps.push('paid'))
      if (fails) throw new Error('out of paper at 10.0.0.7')
      return 'paper'
    }
    const results: ToolResult[] = []
    await using bot = await start(
      async (tools, attempt) => {
        const call = (step: string) => (tools[2] as Tool).call({ day: step }, { step })
        fails = true
        results.push(await call('Monday'))
        fails = false
        results.push(await call('Tuesday'))
        if (attempt === 1) throw new Error('not yet')
      },
      { report },
    )
    const failure = { error: { code: 'handler_failed', message: 'the action failed' } }
    expect(results).toEqual([failure, { output: { saved: 'paper' } }, failure, { output: { saved: 'paper' } }])
    expect(steps).toEqual(['paid', 'paid'])
    expect(bot.heard).toEqual(['Tuesday'])
  })

  it('is cut off with the handler, which then has no result', async () => {
    const { opened, open } = gate()
    let settled = 'nothing'
    await using bot = await start(
      async ([tool]) => {
        try {
          await (tool as Tool).call({ text: 'a' }, { step: '1' })
          settled = 'a result'
        } catch (error) {
          settled = (error as PlugboardError).code
        } finally {
          open()
        }
      },
      {
        say: ({ signal }) =>
          new Promise((_, reject) => {
            signal.addEventListener('abort', () => reject(new Error('cut off')))
          }),
        handlerTimeout: 50,
        retries: { attempts: 1 },
      },
    )
    await opened
    expect(settled).toBe('timeout')
    expect((await bot.deadLetters()).items).toMatchObject([{ code: 'timeout' }])
  })

  it('shows no secret', async () => {
    const results: ToolResult[] = []
    const key = 'a-very-secret-key'
    const one = speaker('one', { say: async () => ({ text: `the key is ${key}` }) })
    const bot = new BotDefinition({ secrets: { OWN_KEY: {} } }).addIntegration(one).addPlugin(
      agent(async ([tool]) => void results.push(await (tool as Tool).call({ text: 'a' }, { step: '1' }))),
      { tools: ['one:say'] },
    )
    await using running = await startBot(bot, { ...quiet, environment: { PLUGBOARD_SECRET_BOT_OWN_KEY: key } })
    await running.receive('one', webhook({ text: 'hi' }))
    await running.idle()
    expect(results).toEqual([{ output: { text: 'the key is •••' } }])
  })
})

it('a plugin to which no tools are given has none', async () => {
  let given: readonly Tool[] | undefined
  const bot = new BotDefinition().addIntegration(speaker('one')).addPlugin(agent(async (tools) => void (given = tools)))
  await using running = await startBot(bot, quiet)
  await running.receive('one', webhook({ text: 'hi' }))
  await running.idle()
  expect(given).toEqual([])
})

it('a tool makes its integration be demanded: what it lacks is told', async () => {
  const definition = new IntegrationDefinition({
    name: 'keyed',
    configuration: { schema: z.object({ key: z.string() }) },
    actions: { ask: { input: text, output: text } },
  })
  const keyed = definition.implementedBy(async () => ({
    default: new IntegrationImplementation(definition, { actions: { ask: async ({ input }) => input } }),
  }))
  const bot = new BotDefinition().addIntegration(keyed, { configuration: { key: undefined } }).addPlugin(
    agent(async () => {}),
    { tools: ['keyed:ask'] },
  )
  expect((await problemsOf(startBot(bot, quiet))).map(({ code }) => code)).toEqual(['configuration_missing'])
})
