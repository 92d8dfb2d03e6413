import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import scripted from '@plugboard/scripted'
import {
  BotDefinition,
  BotImplementation,
  env,
  IntegrationDefinition,
  IntegrationImplementation,
  PlugboardError,
  z,
} from 'plugboard'
import { run } from 'plugboard/cli'
import llm from 'plugboard/interfaces/llm'
import assistant from 'plugboard/plugins/assistant'
import { readArguments } from './arguments.ts'

const keyedDefinition = new IntegrationDefinition({
  name: 'keyed',
  configuration: { schema: z.object({ apiKey: z.string() }) },
  entities: { model: { schema: z.object({ id: z.string() }) } },
}).extend(llm, ({ entities }) => ({ entities: { modelRef: entities.model } }))
const keyed = keyedDefinition.implementedBy(async () => ({
  default: new IntegrationImplementation(keyedDefinition, {
    actions: {
      generateContent: async ({ input, configuration }) => {
        if (configuration.apiKey === 'bad') throw new Error(`the key ${configuration.apiKey} is bad`)
        return {
          id: '1',
          provider: 'keyed',
          model: { id: 'k' },
          content: `keyed ${input.messages.length}`,
          toolCalls: [],
          stopReason: 'stop',
          usage: { inputTokens: 3, outputTokens: 2 },
          cost: 0.5,
        }
      },
      listLanguageModels: async () => ({ models: [] }),
    },
  }),
}))
const bot = () =>
  new BotDefinition({ defaults: { llm: 'scripted' } })
    .addIntegration(scripted)
    .addIntegration(keyed, { configuration: { apiKey: env('KEYED_KEY') } })
    .addPlugin(assistant)

let out = ''
let errors = ''
beforeEach(() => {
  out = ''
  errors = ''
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += String(text)
    return true
  })
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    errors += String(text)
    return true
  })
})
afterEach(() => {
  process.exitCode = 0
})
const runWith = async (words: readonly string[], environment: Record<string, string> = {}, folder = tmpdir()) => {
  await run(bot(), { arguments: words, environment, folder })
  const { exitCode } = process
  return { out, errors, exitCode }
}

/** A folder that is gone when the test has ended. */
async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'plugboard-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

describe('the command line', () => {
  it.each<[string, string[], Record<string, string>]>([
    ['a DATABASE_URL of something else', ['--say', 'hi'], { DATABASE_URL: 'nonsense' }],
    ['the address of another database', ['--say', 'hi', '--store', 'mysql://ada:canary@127.0.0.1/x'], {}],
    ['one in the environment', ['--say', 'hi'], { PLUGBOARD_STORE: 'mongodb://ada:canary@127.0.0.1/x' }],
  ])('keeps nothing in a file that is named like %s', async (_, words, environment) => {
    const folder = await newFolder()
    const { errors: told, exitCode } = await runWith(words, environment, folder)
    expect([exitCode, told]).toEqual([2, expect.stringMatching(/^error \[argument_invalid\] .*PostgreSQL/)])
    expect(told).not.toContain('canary')
    expect(await readdir(folder)).toEqual([])
  })

  it('gives the bot to whoever starts it, before it answers', async () => {
    const happened: string[] = []
    const started = async (running: { readonly name: string; idle(): Promise<void> }) => {
      await running.idle()
      happened.push(`${running.name} started, ${out === '' ? 'and has not answered' : 'late'}`)
    }
    await run(bot(), { arguments: ['--say', 'hello'], environment: {}, folder: tmpdir(), started })
    expect(happened).toEqual(['bot started, and has not answered'])
    expect(out).toMatch(/^Hello/)
    const fails = () => Promise.reject(new PlugboardError({ code: 'vendor_failed', message: 'not today' }))
    await run(bot(), { arguments: ['--say', 'hello'], environment: {}, folder: tmpdir(), started: fails })
    expect(errors).toBe('error [vendor_failed] not today\n')
    expect(process.exitCode).toBe(1)
  })

  it('prints why a bot could not be made, where it is given what makes it', async () => {
    const how = { arguments: ['--say', 'hello'], environment: {}, folder: tmpdir() }
    await run(async () => bot(), how)
    expect(out).toMatch(/^Hello/)
    const fails = (): BotDefinition => {
      throw new PlugboardError({ code: 'argument_invalid', message: 'the date is none' })
    }
    await run(fails, how)
    expect(errors).toBe('error [argument_invalid] the date is none\n')
    expect(process.exitCode).toBe(2)
  })

  it('prints the reply to one message', async () => {
    expect(await runWith(['--say', 'hello'])).toEqual({
      out: expect.stringMatching(/^Hello.*\n$/),
      errors: '',
      exitCode: 0,
    })
  })

  it('prints reply, provider, usage and cost as JSON', async () => {
    const result = await runWith(['--say', 'hello', '--json', '--bind', 'llm=keyed'], { KEYED_KEY: 'good' })
    expect(JSON.parse(result.out)).toMatchObject({
      reply: 'keyed 1',
      provider: 'keyed',
      usage: { inputTokens: 3, outputTokens: 2 },
      cost: 0.5,
      failures: [],
    })
  })

  it('says of JSON after --bind that an alias belongs there', async () => {
    expect(await runWith(['--say', 'hello', '--bind', 'llm=["keyed","scripted"]'])).toMatchObject({
      errors: expect.stringMatching(/^error \[argument_invalid\] .* begins like JSON.*PLUGBOARD_BIND_/),
      exitCode: 2,
    })
  })

  it.each([
    ['the command line', ['--bind', 'assistant.llm=keyed'], {}],
    ['the environment', [], { PLUGBOARD_BIND_ASSISTANT_LLM: 'keyed' }],
  ])('binds by %s', async (_, words, environment) => {
    expect(await runWith(['--say', 'hello', ...words], { KEYED_KEY: 'good', ...environment })).toMatchObject({
      out: 'keyed 1\n',
      exitCode: 0,
    })
  })

  it('lets the command line go before the environment, for one plugin and for all', async () => {
    const environment = { KEYED_KEY: 'good', PLUGBOARD_BIND_ASSISTANT_LLM: 'scripted' }
    for (const bind of ['assistant.llm=keyed', 'llm=keyed'])
      expect((await runWith(['--say', 'hello', '--bind', bind], environment)).out).toMatch(/keyed 1\n$/)
  })

  it('binds by a configuration file, and lets the command line go before it', async () => {
    const folder = await newFolder()
    await writeFile(
      join(folder, 'plugboard.config.json'),
      JSON.stringify({ bindings: { assistant: { llm: { to: 'keyed', timeout: 1000, meter: true } } } }),
    )
    expect(await runWith(['--say', 'hello'], { KEYED_KEY: 'good' }, folder)).toMatchObject({ out: 'keyed 1\n' })
    out = ''
    expect(await runWith(['--say', 'hello', '--bind', 'assistant.llm=scripted'], {}, folder)).toMatchObject({
      out: expect.stringMatching(/^Hello/),
    })
  })

  it.each<[string, string[], Record<string, string>]>([
    ['the command line, for one plugin', ['--bind', 'assistant.llm=keyed'], {}],
    ['the command line, for all', ['--bind', 'llm=keyed'], {}],
    ['the environment', [], { PLUGBOARD_BIND_ASSISTANT_LLM: 'keyed' }],
  ])('lets %s go before what the code says, and refuses there what is not installed', async (_, words, environment) => {
    const coded = new BotDefinition()
      .addIntegration(scripted)
      .addIntegration(keyed, { configuration: { apiKey: env('KEYED_KEY') } })
      .addPlugin(assistant, { dependencies: { llm: 'scripted' } })
    const say = async (alias: string) => {
      const changed = Object.entries(environment).map(([name]) => [name, alias])
      await run(coded, {
        arguments: ['--say', 'hello', ...words.map((word) => word.replace('keyed', alias))],
        environment: { KEYED_KEY: 'good', ...Object.fromEntries(changed) },
        folder: tmpdir(),
      })
    }
    await say('keyed')
    expect([out, errors]).toEqual(['keyed 1\n', ''])
    await say('nosuch')
    expect(errors).toContain(
      "[alias_unknown] assistant.interfaces.llm: plugin 'assistant' needs llm@^1.1.0, but 'nosuch'",
    )
  })

  it.each([
    ['a folder', (folder: string) => folder, /^error \[store_failed\] the store \S+ is a folder\. Name a file/],
    [
      'where no folder can be',
      (folder: string) => join(folder, 'notes', 'x.sqlite'),
      /^error \[store_failed\] the store \S+x\.sqlite cannot be made or written here: .* Let this process write/,
    ],
    // The kernel's, in which nobody makes a file.
    [
      'where no file can be',
      () => '/proc/x.sqlite',
      /^error \[store_failed\] the store \/proc\/x\.sqlite cannot be made/,
    ],
  ])('says of a store that is %s what it is and what to do', async (_, pathIn, told) => {
    const folder = await newFolder()
    await writeFile(join(folder, 'notes'), '')
    const { errors: said, exitCode } = await runWith(['--say', 'hi', '--store', pathIn(folder)], {}, folder)
    expect(said).toMatch(told)
    expect([exitCode, said.split('\n').length]).toEqual([1, 2])
    expect(await readdir(folder)).toEqual(['notes'])
  })

  it('says with code, name and remedy that a key is missing, and fails', async () => {
    const result = await runWith(['--say', 'hello', '--bind', 'llm=keyed'])
    expect(result.exitCode).toBe(1)
    expect(result.out).toBe('')
    expect(result.errors).toBe(
      "error [composition_invalid] bot 'bot' has one problem:\n  - [binding_inactive] assistant.interfaces.llm: plugin 'assistant' needs llm@^1.1.0, but 'keyed', chosen by configuration, is inactive: [environment_missing] integration 'keyed' needs the environment variable KEYED_KEY for 'apiKey', and it is not set. Set KEYED_KEY. Or choose another integration: 'scripted'.\n",
    )
  })

  it('says once what keeps several needs from being met', async () => {
    const two = bot().addPlugin(assistant, { alias: 'second' })
    await run(two, { arguments: ['--say', 'hi', '--bind', 'llm=keyed'], environment: {}, folder: tmpdir() })
    expect(errors.match(/KEYED_KEY for/g)).toHaveLength(1)
    expect(errors).toMatch(
      /second\.interfaces\.llm: .* is inactive, as above\. Set KEYED_KEY\. Or choose another integration: 'scripted'\.\n$/,
    )
  })

  it('reports a provider that fails, with the key masked in the log', async () => {
    const result = await runWith(['--say', 'hello', '--bind', 'llm=keyed'], { KEYED_KEY: 'bad-and-secret' })
    expect(result).toMatchObject({ out: 'keyed 1\n' })
    const failed = await runWith(['--say', 'hello', '--bind', 'llm=keyed'], { KEYED_KEY: 'bad' })
    expect(failed.exitCode).toBe(1)
    // However often it was tried, and without the stack of somebody else's code.
    expect(failed.errors).toMatch(/^error \[vendor_failed\] .*the key bad is bad\n$/)
  })

  it('tells of a defect in somebody’s own code once, and where it is', async () => {
    const buggy = new BotImplementation(bot())
    buggy.on.message('text', async () => {
      throw new TypeError('nothing is no function')
    })
    await run(buggy, { arguments: ['--say', 'hello'], environment: {}, folder: tmpdir() })
    expect(errors).toMatch(/^error \[handler_failed\] nothing is no function\n {4}at .*run\.test\.ts/)
    expect(errors.match(/nothing is no function/g)).toHaveLength(1)
  })

  it('says of a secret that is missing that one answer does not look into the store, unless it is told to', async () => {
    const definition = new IntegrationDefinition({
      name: 'safe',
      secrets: { PIN: {} },
      channels: { chat: { messages: { text: { schema: z.object({ text: z.string() }) } } } },
    })
    const safe = definition.implementedBy(async () => ({
      default: new IntegrationImplementation(definition, {
        channels: { chat: { messages: { text: async () => {} } } },
      }),
    }))
    const say = async (...more: string[]) => {
      errors = ''
      const folder = await newFolder()
      await run(bot().addIntegration(safe), { arguments: ['--say', 'hi', ...more], environment: {}, folder })
      return errors
    }
    const missing =
      "[secret_missing] safe.secrets.PIN: integration 'safe' needs the secret PIN, and it is not set. Set PLUGBOARD_SECRET_SAFE_PIN, or keep it in the store by `secret set safe PIN`.\n"
    expect(await say()).toMatch(/What `secret set` keeps is not there: --say has its store in memory, .*--store.*\n$/)
    expect(errors).toContain(missing)
    const inFile = await say('--store', 'x.sqlite')
    expect(inFile.endsWith(missing)).toBe(true)
  })

  it('warns of a secret in the environment that nothing of the bot has, by its name alone', async () => {
    const environment = { PLUGBOARD_SECRET_KEYD_PIN: 'canary', PLUGBOARD_SECRET_KEY_NEW_FILE: '/nowhere' }
    const { errors: told, exitCode } = await runWith(['--say', 'hello'], environment)
    expect(told).toMatch(
      /^warn \[secret_unknown\] the environment variable PLUGBOARD_SECRET_KEYD_PIN names no .*none.*\n$/,
    )
    expect([exitCode, told.includes('canary')]).toEqual([0, false])
  })

  it.each([
    [['--nonsense']],
    [['--bind', 'llm']],
    [['--port', '99999']],
    [['--json']],
    [['--say', ' ']],
    [['positional']],
  ])('refuses %j', async (words) => {
    expect(await runWith(words)).toMatchObject({
      exitCode: 2,
      out: '',
      errors: expect.stringMatching(/^error \[argument_invalid\].*--help\.\n$/),
    })
  })

  it.each([
    ['{', 'cannot be read'],
    ['{"bindngs":{}}', 'bindngs'],
    ['{"port":"x"}', 'port'],
    ['{"bindings":{"require":"suit"}}', "bindings.require: it can be 'suite'"],
  ])('refuses the configuration file %s', async (content, message) => {
    const folder = await newFolder()
    await writeFile(join(folder, 'plugboard.config.json'), content)
    expect(await runWith(['--say', 'hello'], {}, folder)).toMatchObject({
      exitCode: 1,
      errors: expect.stringContaining(message),
    })
    expect(errors).toContain('[configuration_file_invalid]')
  })

  it('reads the configuration file where npm was called, if the folder of the bot has none', async () => {
    const [folder, caller] = [await newFolder(), await newFolder()]
    const chosen = (alias: string) => JSON.stringify({ bindings: { assistant: { llm: alias } } })
    const environment = { INIT_CWD: caller, KEYED_KEY: 'k' }
    await writeFile(join(caller, 'plugboard.config.json'), chosen('keyed'))
    await writeFile(join(caller, 'other.json'), chosen('nobody'))
    expect(await runWith(['--say', 'hello'], environment, folder)).toMatchObject({ out: 'keyed 1\n' })
    const named = await runWith(['--say', 'hello', '--config', 'other.json'], environment, folder)
    expect(named.errors).toContain("'nobody'")
    const missing = await runWith(['--say', 'hello', '--config', 'none.json'], environment, folder)
    expect(missing.errors).toContain(join(caller, 'none.json'))
    await writeFile(join(folder, 'plugboard.config.json'), chosen('scripted'))
    expect((await runWith(['--say', 'hello'], environment, folder)).out).toContain('scripted model')
  })

  it('refuses a binding of what is not there', async () => {
    const result = await runWith(['--say', 'hello', '--bind', 'nobody.llm=scripted', '--bind', 'tts=scripted'])
    expect(result.errors).toContain(
      "[need_unknown] bindings.nobody: there is no plugin 'nobody'. There are 'assistant', 'bot'.",
    )
    expect(result.errors).toContain("[need_unknown] bindings.*.tts: nothing has a need 'tts'. Known needs are 'llm'.")
  })

  it.each<[string[], string, Record<string, string>?]>([
    [['secrets', 'list'], "there is no command 'secrets'; there are secret, migrate, move. See --help."],
    [['--bad'], "Unknown option '--bad'. See --help."],
    [['--port', '1', 'x'], "Unexpected argument 'x'. See --help."],
    [['--say'], "Option '--say <value>' argument missing. See --help."],
    [['--port='], '--port needs a value. See --help.'],
    [['--port', '0x10'], '--port 0x10 is no port: it is a whole number from 0 to 65535. See --help.'],
    [['--store='], '--store needs a value. See --help.'],
    [['--config='], '--config needs a value. See --help.'],
    [['migrate', '--config='], '--config needs a value. See migrate --help.'],
    [['migrate', 'now'], "Unexpected argument 'now'. See migrate --help."],
    [['secret', 'list', '--bad'], "Unknown option '--bad'. See secret --help."],
    [['move'], 'neither --to nor DATABASE_URL says where to. See move --help.'],
    [[], 'the environment variable PORT is no port: it is a whole number from 0 to 65535', { PORT: ' ' }],
  ])('refuses %j in one line, and says what it takes', async (words, message, environment) => {
    expect(await runWith(words, { PLUGBOARD_STORE: 'memory', ...environment })).toEqual({
      out: '',
      errors: `error [argument_invalid] ${message}\n`,
      exitCode: 2,
    })
  })

  it('takes the port of the environment before that of the configuration file', async () => {
    const folder = await newFolder()
    await writeFile(join(folder, 'plugboard.config.json'), JSON.stringify({ port: 0, store: 'memory' }))
    const { errors } = await runWith([], { PORT: 'none' }, folder)
    expect(errors).toContain('the environment variable PORT is no port')
  })

  it('is not served with an admin token that can be guessed', async () => {
    const result = await runWith(['--port', '0'], { PLUGBOARD_STORE: 'memory', PLUGBOARD_ADMIN_TOKEN: 'abc' })
    expect(result).toMatchObject({ out: '', exitCode: 1 })
    expect(result.errors).toMatch(/^error \[admin_token_invalid\] .*PLUGBOARD_ADMIN_TOKEN.*npm start -- secret key/)
  })

  it('prints its usage', async () => {
    expect(await runWith(['--help'])).toMatchObject({
      out: expect.stringMatching(/--bind <need>=<alias>[^]*--store <where>[^]*PLUGBOARD_STORE/),
      exitCode: 0,
    })
  })

  it('runs the code of a bot', async () => {
    const implementation = new BotImplementation(new BotDefinition().addIntegration(scripted))
    implementation.on.message('text', async ({ client, conversation, message, actions }) => {
      const { content } = await actions.scripted.generateContent({ messages: [{ role: 'user', content: '2+3' }] })
      const { output } = await client.callAction({
        type: 'scripted:generateContent',
        input: { messages: [{ role: 'user', content: '2+3' }] },
      })
      const unknown: unknown = await client
        .callAction({ type: 'scripted:toString', input: {} })
        .catch((error: unknown) => error)
      const text = [
        message.payload.text,
        content.includes('5'),
        (output as { content: string }).content === content,
        (unknown as { code: string }).code,
      ].join(' ')
      await client.createMessage({ conversationId: conversation.id, type: 'text', payload: { text } })
    })
    await run(implementation, { arguments: ['--say', 'sum'], environment: {}, folder: tmpdir() })
    expect({ out, errors }).toEqual({ out: 'sum true true action_unknown\n', errors: '' })
  })
})

it('tells at once which integration could not be registered, goes on without it, and leaves platforms alone for one answer', async () => {
  const registered: string[] = []
  const definition = new IntegrationDefinition({
    name: 'shop',
    configuration: { schema: z.object({ token: z.string() }) },
  })
  const shop = definition.implementedBy(async () => ({
    default: new IntegrationImplementation(definition, {
      register: async ({ configuration, webhookUrl }) => {
        registered.push(webhookUrl)
        throw new PlugboardError({ code: 'vendor_unauthorized', message: `no such token: ${configuration.token}` })
      },
    }),
  }))
  const shopping = () => bot().addIntegration(shop, { configuration: { token: env('TOKEN') } })
  const environment = { TOKEN: 'canary-7f3a', PLUGBOARD_STORE: 'memory' }
  await run(shopping(), { arguments: ['--say', 'hello'], environment, folder: tmpdir() })
  expect([registered, errors]).toEqual([[], ''])
  const serving = run(shopping(), { arguments: ['--port', '0'], environment, folder: tmpdir() })
  await vi.waitFor(() => expect(out).toContain('Listening on'))
  process.emit('SIGTERM')
  await serving
  expect(errors).toMatch(
    /error \[vendor_unauthorized\] shop could not be registered: no such token: •••\. Next try: \d{4}-\S+Z, or at once by POST \/admin\/installations\/shop\/register\n/,
  )
  expect(errors).not.toContain('canary')
  expect(registered).toEqual([expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/shop\/webhook$/)])
})

describe('arguments', () => {
  it('are read', () => {
    expect(readArguments(['--bind', 'llm=a', '--bind', 'p.llm=b', '--port', '0', '--host', '::1'])).toEqual({
      say: undefined,
      json: false,
      help: false,
      host: '::1',
      port: 0,
      config: undefined,
      bindings: { '*': { llm: 'a' }, p: { llm: 'b' } },
    })
  })

  it('change nothing that all objects have', () => {
    const { bindings } = readArguments(['--bind', '__proto__.polluted=yes', '--bind', 'constructor.prototype=yes'])
    expect(({} as { polluted?: string }).polluted).toBeUndefined()
    expect(Object.entries(bindings)).toEqual([
      ['__proto__', { polluted: 'yes' }],
      ['constructor', { prototype: 'yes' }],
    ])
  })
})
