import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import {
  BotDefinition,
  IntegrationDefinition,
  IntegrationImplementation,
  PluginDefinition,
  PluginImplementation,
} from 'plugboard'
import { run } from 'plugboard/cli'
import { newMasterKey, sqliteStore, startBot } from 'plugboard/runtime'
import { secretCommand } from './secret-command.ts'

const deskDefinition = new IntegrationDefinition({ name: 'desk', secrets: { TOKEN: {}, SPARE: { optional: true } } })
const seen: unknown[] = []
const desk = deskDefinition.implementedBy(async () => ({
  default: new IntegrationImplementation(deskDefinition, {
    register: async ({ ctx }) => void seen.push(ctx.secrets.TOKEN),
  }),
}))
const clerkDefinition = new PluginDefinition({ name: 'clerk', secrets: { PIN: {} } })
const clerk = clerkDefinition.implementedBy(async () => ({ default: new PluginImplementation(clerkDefinition) }))
const definition = () => new BotDefinition({ name: 'office' }).addIntegration(desk, { alias: 'front' }).addPlugin(clerk)

let folder: string
let out = ''
let environment: Record<string, string>
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plugboard-'))
  out = ''
  seen.length = 0
  environment = { PLUGBOARD_SECRET_KEY: newMasterKey().reveal() }
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, 'write').mockImplementation((text) => {
      out += String(text)
      return true
    })
})
afterEach(() => rmSync(folder, { recursive: true }))

const secret = (words: string, input: string = '') =>
  secretCommand({
    words: words.split(' ').filter((word) => word !== ''),
    definition: definition(),
    folder,
    environment,
    input: Readable.from([Buffer.from(input)]),
  })

it('keeps secrets in the store that the bot then starts with, and never as they are', async () => {
  expect(await secret('set front TOKEN', 'hunter2\n')).toBe(0)
  expect(await secret('set clerk PIN', ' 12 34\r\n')).toBe(0)
  expect(out).toBe('front TOKEN is kept.\nclerk PIN is kept.\n')
  out = ''
  expect(await secret('list')).toBe(0)
  expect(out).toMatch(/^clerk PIN \S+Z\nfront TOKEN \S+Z\nfront SPARE is not kept, and optional\n$/)
  const files = readdirSync(join(folder, '.plugboard')).map((name) => readFileSync(join(folder, '.plugboard', name)))
  expect(Buffer.concat(files).toString('latin1')).toContain('TOKEN')
  expect(Buffer.concat(files).toString('latin1')).not.toContain('hunter2')
  await using store = await sqliteStore(join(folder, '.plugboard/office.sqlite'))
  await using _ = await startBot(definition(), { store, environment, log: () => {} })
  expect(seen).toEqual(['hunter2'])
})

it('lists what is missing, and forgets what is not wanted', async () => {
  await secret('set front TOKEN', 'hunter2')
  out = ''
  await secret('list')
  expect(out).toMatch(/^front TOKEN \S+Z\nfront SPARE is not kept, and optional\nclerk PIN is not kept\n$/)
  out = ''
  expect([await secret('delete front TOKEN'), await secret('delete front TOKEN')]).toEqual([0, 1])
  expect(out).toBe('front TOKEN is forgotten.\nThe secret front TOKEN is not kept.\n')
  out = ''
  environment = { ...environment, PLUGBOARD_SECRET_CLERK_PIN: '1234' }
  await secret('list')
  expect(out).toBe(
    'front TOKEN is not kept\nfront SPARE is not kept, and optional\nclerk PIN is not kept, but in the environment\n',
  )
  out = ''
  await secret('set clerk PIN', '1234')
  expect(out).toBe('clerk PIN is kept. What the environment says goes before it.\n')
})

it('says that there is nothing to list', async () => {
  await run(new BotDefinition({ name: 'bare' }), { arguments: ['secret', 'list'], folder, environment: {} })
  expect(out).toBe('Nothing is kept, and no part of the bot has a secret.\n')
})

it('seals everything anew, and from then on the key before opens nothing', async () => {
  await secret('set front TOKEN', 'hunter2')
  const next = newMasterKey().reveal()
  environment = { ...environment, PLUGBOARD_SECRET_KEY_NEW: next }
  out = ''
  expect(await secret('reseal')).toBe(0)
  expect(out).toBe('One secret was sealed anew.\n')
  await expect(secret('list')).rejects.toMatchObject({ code: 'secret_key_wrong' })
  environment = { PLUGBOARD_SECRET_KEY: next }
  expect(await secret('list')).toBe(0)
  environment = { ...environment, PLUGBOARD_SECRET_KEY_NEW: 'short' }
  await expect(secret('reseal')).rejects.toMatchObject({
    code: 'secret_key_invalid',
    message: expect.stringMatching(/^PLUGBOARD_SECRET_KEY_NEW is no key/),
  })
})

it('makes a key that it takes', async () => {
  await secret('key')
  environment = { PLUGBOARD_SECRET_KEY: out.trim() }
  expect(await secret('set front TOKEN', 'hunter2')).toBe(0)
})

it('does not show in a terminal what is typed there', async () => {
  const input = Object.assign(new PassThrough(), { isTTY: true })
  const kept = secretCommand({ words: ['set', 'front', 'TOKEN'], definition: definition(), folder, environment, input })
  await vi.waitFor(() => expect(out).toContain('front TOKEN: '))
  input.write('hunter2\r')
  expect(await kept).toBe(0)
  expect(out).toBe('front TOKEN: \nfront TOKEN is kept.\n')
})

it.each([
  ['set front', 'takes an alias and a name'],
  ['set front TOKEN hunter2', 'not taken from the command line'],
  ['set front NONE', 'there are front TOKEN, front SPARE, clerk PIN'],
  ['set desk TOKEN', 'nothing of the bot has the secret desk TOKEN'],
  ['delete constructor toString', 'nothing of the bot has'],
  ['list front', 'takes nothing more'],
  ['tell', "there is no command 'secret tell'; there are key, set, list, delete, reseal"],
  ['list --store=', '--store needs a value'],
  ['toString', "there is no command 'secret toString'"],
  ['list --verbose', 'verbose'],
  ['list --store memory', 'keeps no secrets'],
  ['set front TOKEN', 'the value is empty'],
])('refuses secret %s', async (words, why) => {
  await expect(secret(words)).rejects.toMatchObject({
    code: 'argument_invalid',
    message: expect.stringContaining(why),
  })
})

it('is a command of the bot, and tells what it takes', async () => {
  await run(definition(), { arguments: ['secret', '--help'], folder, environment })
  expect(out).toContain('secret set <alias> <NAME>')
  expect(process.exitCode).toBe(0)
  await run(definition(), { arguments: ['secret'], folder, environment })
  expect(process.exitCode).toBe(2)
  await run(definition(), { arguments: ['secret', 'list'], folder, environment: { PLUGBOARD_SECRET_KEY: 'short' } })
  expect([process.exitCode, out]).toEqual([1, expect.stringContaining('error [secret_key_invalid]')])
  process.exitCode = 0
})
