import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { BotDefinition, IntegrationDefinition, IntegrationImplementation, z } from 'plugboard'
import { serve, startBot, type StartOptions } from 'plugboard/runtime'
import { VirtualClock } from '../../container/policies/virtual-clock.fixture.ts'
import { connectPostgres } from '../postgres/connect-postgres.ts'
import { newSchema, postgresUrl } from '../postgres/shared-postgres.fixture.ts'
import { memoryStore } from '../sqlite/memory-store.ts'
import { systemClock } from '../memory/system-clock.ts'

interface Scripts {
  extractScript?: string
  fallbackHandlerScript?: string
}

/** As that of a platform that sends everything to one URL, and a challenge before. */
const ofTeams: Scripts = {
  extractScript: 'parse_json!(.body).team_id',
  fallbackHandlerScript: `
    challenge = parse_json!(.body).challenge
    if challenge == null { null } else { { "body": encode_json({ "challenge": challenge }) } }
  `,
}

/** An integration whose installations are told apart by `team`; `handled` notes who handled what. */
function teams(scripts: Scripts = ofTeams, name = 'teams', version = '1.0.0') {
  const handled: string[] = []
  const definition = new IntegrationDefinition({
    name,
    version,
    configuration: { schema: z.object({ team: z.string().nullable().default(null), sign: z.string().default('s') }) },
    identifier: scripts,
  })
  const integration = definition.implementedBy(async () => ({
    default: new IntegrationImplementation(definition, {
      register: async ({ configuration, client }) => {
        if (configuration.team !== null) await client.configureIntegration({ identifier: configuration.team })
      },
      webhook: {
        verify: ({ req, configuration }) => (req.headers['x-sign'] ?? 's') === configuration.sign,
        deliveryId: 'none',
      },
      handler: async ({ req, ctx }) => {
        handled.push(`${ctx.integrationAlias} ${req.method} ${req.path} ${req.body ?? ''}`)
        return { status: 202, body: ctx.integrationAlias }
      },
    }),
  }))
  return { handled, integration }
}

const team = (id: string, sign = 's') => ({ configuration: { team: id, sign } })
const twoTeams = ({ integration }: ReturnType<typeof teams>) =>
  new BotDefinition()
    .addIntegration(integration, { alias: 'red', ...team('T1', 'r') })
    .addIntegration(integration, { alias: 'blue', ...team('T2', 'b') })

/** Starts a bot behind a server. */
async function open(bot: object, options: StartOptions = {}) {
  const lines: { level: string; message: string }[] = []
  const running = await startBot(bot as BotDefinition, {
    environment: {},
    log: (line) => void lines.push(line),
    ...options,
  })
  const server = await serve(() => running, { port: 0, adminToken: 'the-token-of-tests', publicMetrics: true })
  const ask = async (path: string, init?: RequestInit): Promise<[number, string]> => {
    const response = await fetch(`${server.url}${path}`, init)
    const text = await response.text()
    return [response.status, /"code":"(\w+)"/.exec(text)?.[1] ?? text]
  }
  return {
    running,
    lines,
    ask,
    send: (body: BodyInit, sign?: string, path = '/_integrations/teams/webhook') =>
      ask(path, { method: 'POST', body, ...(sign !== undefined && { headers: { 'x-sign': sign } }) }),
    counted: async () =>
      (await (await fetch(`${server.url}/metrics`)).text())
        .split('\n')
        .filter((line) => line.startsWith('plugboard_identifications_total'))
        .map((line) => line.replace(/.*outcome="(\w+)".* (\d+)$/, '$1 $2')),
    [Symbol.asyncDispose]: async () => {
      await server.close()
      await running.stop()
    },
  }
}
const code = (error: unknown): string[] =>
  (error as { problems: { code: string; path: string }[] }).problems.map((problem) => `${problem.code} ${problem.path}`)

describe('the webhook that installations share', () => {
  it('hands a request to the one that has claimed its identifier, which verifies it by its own configuration', async () => {
    const platform = teams()
    await using bot = await open(twoTeams(platform))
    expect(await bot.send('{"team_id":"T1"}', 'r')).toEqual([202, 'red'])
    expect(await bot.send('{"team_id":"T2"}', 'b', '/_integrations/teams/webhook/more?x=1')).toEqual([202, 'blue'])
    expect(await bot.send('{"team_id":"T2"}', 'r')).toEqual([401, 'vendor_unauthorized'])
    expect(platform.handled).toEqual(['red POST /webhook {"team_id":"T1"}', 'blue POST /webhook/more {"team_id":"T2"}'])
    expect(bot.running.installations.map(({ sharedWebhookUrl }) => sharedWebhookUrl)).toEqual(
      Array.from({ length: 2 }, () => 'http://127.0.0.1:3000/_integrations/teams/webhook'),
    )
  })

  it('has nobody handle what nobody has claimed: a script answers it, or it is refused, told and counted', async () => {
    const platform = teams()
    await using bot = await open(twoTeams(platform))
    expect(await bot.counted()).toEqual([])
    expect(await bot.send('{"challenge":"c"}')).toEqual([200, '{"challenge":"c"}'])
    for (const _ of [1, 2]) expect(await bot.send('{"team_id":"T3"}')).toEqual([404, 'identifier_unknown'])
    expect(await bot.send('{"team_id":"T1"}', 'r')).toEqual([202, 'red'])
    expect(platform.handled).toHaveLength(1)
    expect(await bot.counted()).toEqual(['fallback 1', 'unknown 2', 'found 1'])
    // Anyone can send such requests: not each of them is worth a line.
    expect(bot.lines.filter(({ level }) => level === 'warn')).toMatchObject([
      { message: "integration 'teams': a request to its shared webhook is for none of its installations" },
    ])
  })

  const bad: readonly [string, BodyInit, number, string][] = [
    ['no body', '', 400, 'identifier_failed'],
    ['what is no JSON', 'team_id=T1', 400, 'identifier_failed'],
    ['bytes that are no text', new Uint8Array([0xff, 0xfe, 0, 0x22]), 400, 'identifier_failed'],
    ['JSON without an end', '{"team_id":"T1"', 400, 'identifier_failed'],
    ['no object', '[]', 404, 'identifier_unknown'],
    ['an identifier that is no text', '{"team_id":7}', 404, 'identifier_unknown'],
    ['an empty identifier', '{"team_id":""}', 404, 'identifier_unknown'],
    ['an identifier without end', `{"team_id":"${'T'.repeat(5000)}"}`, 404, 'identifier_unknown'],
    ['a null character', String.raw`{"team_id":"T\u0000"}`, 404, 'identifier_unknown'],
    ['half a character', String.raw`{"team_id":"\ud800"}`, 400, 'identifier_failed'],
    ['half a character, where nobody looks', String.raw`{"a":"\ud800"}`, 400, 'identifier_failed'],
    ['the name of the prototype', '{"__proto__":{"team_id":"T1"}}', 404, 'identifier_unknown'],
    ['levels without end', '['.repeat(100_000), 400, 'identifier_failed'],
    ['many levels', `${'['.repeat(110)}${']'.repeat(110)}`, 404, 'identifier_unknown'],
    ['numbers without end', `{"team_id":1${'0'.repeat(400)}}`, 400, 'identifier_failed'],
  ]

  it('refuses bad bodies, and goes on', async () => {
    const platform = teams()
    await using bot = await open(twoTeams(platform))
    for (const [what, body, status, told] of bad) {
      expect([what, ...(await bot.send(body))]).toEqual([what, status, told])
      expect(await bot.send('{"team_id":"T1"}', 'r')).toEqual([202, 'red'])
    }
    expect(platform.handled).toHaveLength(bad.length)
  })

  it('is there for integrations that declare it, and only if one of them is active', async () => {
    const platform = teams(ofTeams, 'acme/teams')
    const bot = new BotDefinition().addIntegration(platform.integration, { alias: 'red', ...team('T1') })
    await using open1 = await open(bot)
    expect(await open1.send('{"team_id":"T1"}', 's', '/_integrations/acme.teams/webhook')).toEqual([202, 'red'])
    for (const path of ['teams', 'acme', 'acme.teams.x', 'red', '', '__proto__'])
      expect(await open1.send('{"team_id":"T1"}', 's', `/_integrations/${path}/webhook`)).toEqual([404, 'not_found'])
    const off = new BotDefinition().addIntegration(platform.integration, { alias: 'red', enabled: false })
    await using open2 = await open(off)
    expect(await open2.send('{"team_id":"T1"}', 's', '/_integrations/acme.teams/webhook')).toEqual([
      503,
      'installation_inactive',
    ])
  })

  it('keeps no body from scripts but one that is too long', async () => {
    const platform = teams()
    await using bot = await open(twoTeams(platform))
    const long = (length: number) => JSON.stringify({ team_id: 'T1', text: 'x'.repeat(length) })
    expect(await bot.send(long(500_000), 'r')).toEqual([202, 'red'])
    const running = bot.running
    const rawBody = new TextEncoder().encode(long(1_100_000))
    const { signal } = new AbortController()
    const request = { method: 'POST', path: '/webhook', query: '', headers: {}, body: long(1_100_000), rawBody, signal }
    expect(await running.receiveShared('teams', request)).toMatchObject({ status: 413 })
  })
})

const stores: Readonly<Record<string, () => Promise<StartOptions & AsyncDisposable>>> = {
  'the embedded store': async () => {
    const store = memoryStore(systemClock)
    return { store, [Symbol.asyncDispose]: () => store[Symbol.asyncDispose]() }
  },
  PostgreSQL: async () => {
    const ports = await connectPostgres(await postgresUrl(), { schema: newSchema() })
    const { store, queue, clock } = ports
    return { store, queue, clock, [Symbol.asyncDispose]: () => ports[Symbol.asyncDispose]() }
  },
}

describe.each(Object.entries(stores))('an identifier, in %s,', (_, make) => {
  const red = (platform: ReturnType<typeof teams>) =>
    new BotDefinition().addIntegration(platform.integration, { alias: 'red', ...team('T1') })

  it('is kept over a restart, although nothing is registered then', async () => {
    await using where = await make()
    for (const platform of [teams(), teams()]) {
      await using bot = await open(red(platform), where)
      expect(await bot.send('{"team_id":"T1"}')).toEqual([202, 'red'])
    }
  })

  it('is refused to a second installation, which is registered when the first is gone', async () => {
    await using where = await make()
    const platform = teams()
    const both = red(platform).addIntegration(platform.integration, { alias: 'blue', ...team('T1') })
    // The one that was there keeps it, however they come.
    await (await open(red(platform), where))[Symbol.asyncDispose]()
    {
      await using bot = await open(both, where)
      expect(await bot.send('{"team_id":"T1"}')).toEqual([202, 'red'])
      expect(bot.running.installations.map(({ alias, registration }) => [alias, registration?.failure?.code])).toEqual([
        ['red', undefined],
        ['blue', 'identifier_taken'],
      ])
    }
    const blue = new BotDefinition().addIntegration(platform.integration, { alias: 'blue', ...team('T1') })
    await using bot = await open(blue, where)
    // What failed for good is tried once an hour, or when somebody asks.
    expect(await bot.running.register('blue')).toMatchObject({ active: true })
    expect(await bot.send('{"team_id":"T1"}')).toEqual([202, 'blue'])
  })

  it('is free once its installation is removed or disabled, or says so', async () => {
    await using where = await make()
    const platform = teams()
    await (await open(red(platform), where))[Symbol.asyncDispose]()
    const off = new BotDefinition()
      .addIntegration(platform.integration, { alias: 'red', ...team('T1'), enabled: false })
      .addIntegration(platform.integration, { alias: 'blue', ...team('T2') })
    await using bot = await open(off, where)
    expect(await bot.send('{"team_id":"T1"}')).toEqual([404, 'identifier_unknown'])
    expect(await bot.send('{"team_id":"T2"}')).toEqual([202, 'blue'])
    const client = bot.running.clientOf('blue')
    await client.configureIntegration({ identifier: 'T1' })
    expect(await bot.send('{"team_id":"T1"}')).toEqual([202, 'blue'])
    expect(await bot.send('{"team_id":"T2"}')).toEqual([404, 'identifier_unknown'])
    await client.configureIntegration({ identifier: null })
    expect(await bot.send('{"team_id":"T1"}')).toEqual([404, 'identifier_unknown'])
  })
})

describe('what is claimed', () => {
  it('must be an identifier', async () => {
    await using bot = await open(new BotDefinition().addIntegration(teams().integration))
    const client = bot.running.clientOf('teams')
    for (const given of ['', 'T'.repeat(257), '\ud800', 'T\0', 7, undefined])
      await expect(client.configureIntegration({ identifier: given as string })).rejects.toMatchObject({
        code: 'identifier_invalid',
      })
  })

  it('must be something that is looked for', async () => {
    await using bot = await open(
      new BotDefinition().addIntegration(teams({ fallbackHandlerScript: '"hello"' }).integration),
    )
    await expect(bot.running.clientOf('teams').configureIntegration({ identifier: 'T1' })).rejects.toMatchObject({
      code: 'identifier_invalid',
      message: expect.stringContaining('extractScript'),
    })
  })

  it('by a registration that was taken over is not claimed', async () => {
    const clock = new VirtualClock()
    const store = memoryStore(clock)
    await store.beat('one', 10_000)
    const claim = await store.claim('register red', 'one')
    await clock.advance(20_000)
    await store.beat('two', 10_000)
    await store.claim('register red', 'two')
    const asked = store.identify({ alias: 'red', integration: 'teams' }, 'T1', claim)
    await expect(asked).rejects.toMatchObject({ code: 'lease_lost' })
    expect(await store.findIdentified('teams', 'T1')).toBeUndefined()
  })
})

describe('a script of an identifier', () => {
  it('that does not compile is refused when the bot starts, with its place', async () => {
    const broken = teams({ extractScript: '.a = 1\n.b = nonsense(.body)', fallbackHandlerScript: 'x' }).integration
    const error: unknown = await open(new BotDefinition().addIntegration(broken, { alias: 'red' })).catch(
      (e: unknown) => e,
    )
    expect(code(error)).toEqual([
      'identifier_script_invalid red.identifier.extractScript',
      'identifier_script_invalid red.identifier.fallbackHandlerScript',
    ])
    expect((error as Error).message).toContain('call to undefined function: undefined function (line 2, column 6)')
  })

  it('is not looked at where its integration is not active', async () => {
    const broken = teams({ extractScript: 'x' }).integration
    await using bot = await open(new BotDefinition().addIntegration(broken, { alias: 'red', enabled: false }))
    expect(bot.running.installations).toHaveLength(1)
  })

  it.each([
    ['extract.vrl', 'name of a file'],
    [`# ${'x'.repeat(16_384)}\n.body`, '16392 characters'],
  ])('is refused when it is declared, case %#', (extractScript, told) => {
    const declare = () => new IntegrationDefinition({ name: 'teams', identifier: { extractScript } })
    expect(declare).toThrow(expect.objectContaining({ message: expect.stringContaining(told) }) as Error)
    expect(declare).toThrow('[identifier_script_invalid] identifier.extractScript')
  })

  it('sees method, path, query, headers and the body as text', async () => {
    const platform = teams({ fallbackHandlerScript: 'encode_json([.method, .path, .query, .headers."x-sign", .body])' })
    await using bot = await open(new BotDefinition().addIntegration(platform.integration))
    expect(await bot.send('{"a": 1}', 'r', '/_integrations/teams/webhook/deep?q=%20')).toEqual([
      200,
      JSON.stringify(['POST', '/webhook/deep', 'q=%20', 'r', '{"a": 1}']),
    ])
    expect(await bot.ask('/_integrations/teams/webhook')).toEqual([
      200,
      JSON.stringify(['GET', '/webhook', '', null, '']),
    ])
  })

  it('that reads fields of the body finds them where it is JSON', async () => {
    const platform = teams({ extractScript: '.user.id = .body.event.user' })
    await using bot = await open(
      new BotDefinition().addIntegration(platform.integration, { alias: 'red', ...team('U1') }),
    )
    expect(await bot.send('{"event":{"user":"U1"}}')).toEqual([202, 'red'])
    expect(await bot.send('{"event":{"user":"U2"}}')).toEqual([404, 'identifier_unknown'])
    expect(await bot.send('nothing')).toEqual([404, 'identifier_unknown'])
  })

  it('that fails on a request, or gives no answer, is told by a code', async () => {
    const fallbackHandlerScript = `
      if .query == "parse" { parse_json!(.body) } else if .query == "assert" { assert!(false, message: "no") } else if .query == "abort" { abort } else if .query == "none" { null } else if .query == "number" { 7 } else if .query == "object" { { "body": { "a": [1, null] } } } else { { "status": 403, "headers": { "X-Own": "1" }, "body": "who are you?" } }
    `
    await using bot = await open(new BotDefinition().addIntegration(teams({ fallbackHandlerScript }).integration))
    const answerTo = (query: string) => bot.send('no JSON', 's', `/_integrations/teams/webhook?${query}`)
    for (const query of ['parse', 'assert', 'abort']) expect(await answerTo(query)).toEqual([400, 'identifier_failed'])
    expect(await answerTo('none')).toEqual([404, 'identifier_unknown'])
    expect(await answerTo('number')).toEqual([500, 'identifier_failed'])
    expect(await answerTo('object')).toEqual([200, '{"a":[1,null]}'])
    expect(await answerTo('')).toEqual([403, 'who are you?'])
  })

  it('that takes too long is cut off, and the next request is handled', async () => {
    const extractScript = `
      body = parse_json!(.body)
      list = array(body.list) ?? []
      n = 0
      for_each(list) -> |_i, _a| { for_each(list) -> |_j, _b| { n = n + 1 } }
      body.team_id
    `
    const platform = teams({ extractScript })
    await using bot = await open(
      new BotDefinition().addIntegration(platform.integration, { alias: 'red', ...team('T1') }),
    )
    const list = Array.from({ length: 100_000 }, () => 1)
    const [slow, quick] = await Promise.all([
      bot.send(JSON.stringify({ team_id: 'T1', list })),
      bot.send('{"team_id":"T1"}'),
    ])
    expect(slow).toEqual([503, 'timeout'])
    expect(quick).toEqual([202, 'red'])
  })

  it('may stand in a file of its own', async () => {
    const extractScript = readFileSync(new URL('./team.fixture.vrl', import.meta.url), 'utf8')
    const platform = teams({ extractScript })
    await using bot = await open(
      new BotDefinition().addIntegration(platform.integration, { alias: 'red', ...team('T1') }),
    )
    // Interactive requests of some platforms are JSON within a form.
    expect(await bot.send(`payload=${encodeURIComponent('{"team_id":"T1"}')}`)).toEqual([202, 'red'])
    expect(await bot.send('{"team_id":"T1"}')).toEqual([202, 'red'])
  })
})
