import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { BotDefinition, IntegrationDefinition, IntegrationImplementation, z } from 'plugboard'
import { startBot } from 'plugboard/runtime'
import type { Secret } from '../../security/index.ts'
import { systemClock } from '../memory/system-clock.ts'
import { memoryStore } from '../sqlite/memory-store.ts'
import { keyBytes, masterKeyFrom, newMasterKey } from './master-key.ts'
import { seal, unseal } from './seal.ts'
import { Vault } from './vault.ts'

const master = newMasterKey()
async function start() {
  const store = memoryStore(systemClock)
  const vault = await Vault.open(store, master)
  await vault.set('openai', 'API_KEY', 'hunter2')
  await vault.set('openai', 'OTHER', 'swordfish')
  return { store, vault }
}

describe('a sealed value', () => {
  const key = keyBytes(master)
  const value = Buffer.from('hunter2')

  it('is another one each time, and opens in its own place alone', () => {
    const sealed = [1, 2].map(() => seal(value, key, ['secrets', 'a', 'sealed']))
    expect(new Set(sealed).size).toBe(2)
    for (const one of sealed) {
      expect(unseal(one, key, ['secrets', 'a', 'sealed'])).toEqual(value)
      for (const place of [
        ['states', 'a', 'sealed'],
        ['secrets', 'b', 'sealed'],
        ['secrets', 'a', 'other'],
        ['secrets', 'a","sealed', ''],
      ] as const)
        expect(() => unseal(one, key, place)).toThrow(expect.objectContaining({ code: 'secret_unreadable' }))
    }
  })

  it('does not open by another key, or if any part of it was changed', () => {
    const place = ['secrets', 'a', 'sealed'] as const
    const sealed = seal(value, key, place)
    const unreadable = expect.objectContaining({ code: 'secret_unreadable' })
    expect(() => unseal(sealed, keyBytes(newMasterKey()), place)).toThrow(unreadable)
    for (let index = 0; index < sealed.length; index += 1) {
      const changed = `${sealed.slice(0, index)}${sealed[index] === 'A' ? 'Q' : 'A'}${sealed.slice(index + 1)}`
      expect(() => unseal(changed, key, place)).toThrow(unreadable)
    }
    for (const text of ['', 'v1', 'v1..', `${sealed}A`, sealed.slice(0, -4), sealed.replace('v1', 'v2')])
      expect(() => unseal(text, key, place)).toThrow(unreadable)
  })
})

describe('the secrets that a store keeps', () => {
  it('come back by owner and name, and are nowhere in the store as they are', async () => {
    const { store, vault } = await start()
    expect(await vault.get('openai', 'API_KEY')).toBe('hunter2')
    expect(await vault.get('openai', 'NONE')).toBeUndefined()
    expect((await vault.list()).map(({ owner, name }) => [owner, name])).toEqual([
      ['openai', 'API_KEY'],
      ['openai', 'OTHER'],
    ])
    await vault.set('openai', 'API_KEY', 'changed ß')
    expect(await vault.get('openai', 'API_KEY')).toBe('changed ß')
    const kept = JSON.stringify([await store.getSealed(), await vault.list()])
    for (const text of ['hunter2', 'swordfish', 'changed', master.reveal()]) expect(kept).not.toContain(text)
    expect(await vault.delete('openai', 'API_KEY')).toBe(true)
    expect(await vault.get('openai', 'API_KEY')).toBeUndefined()
  })

  it('do not open in the row of another', async () => {
    const { store, vault } = await start()
    const before = await store.getSealed()
    const [one, other] = before.secrets
    const secrets = [
      { ...one!, sealed: other!.sealed },
      { ...other!, sealed: one!.sealed },
    ]
    await store.replaceSealed(before, { ...before, secrets })
    await expect(vault.values()).rejects.toMatchObject({ code: 'secret_unreadable' })
  })

  it('are refused at once with another key, or with none', async () => {
    const { store } = await start()
    await expect(Vault.open(store, newMasterKey())).rejects.toMatchObject({ code: 'secret_key_wrong' })
    await expect(Vault.open(store, undefined)).rejects.toMatchObject({ code: 'secret_key_missing' })
    const empty = await Vault.open(memoryStore(systemClock), undefined)
    expect(await empty.list()).toEqual([])
    await expect(empty.set('a', 'B', 'c')).rejects.toMatchObject({ code: 'secret_key_missing' })
  })

  it('are sealed anew, after which the key before opens nothing', async () => {
    const { store, vault } = await start()
    const before = await store.getSealed()
    const next = newMasterKey()
    expect(await vault.reseal(next)).toBe(2)
    await expect(Vault.open(store, master)).rejects.toMatchObject({ code: 'secret_key_wrong' })
    const again = await Vault.open(store, next)
    for (const one of [vault, again]) expect(await one.get('openai', 'API_KEY')).toBe('hunter2')
    const after = await store.getSealed()
    expect(after.keys).toHaveLength(1)
    expect(after.keys[0]?.id).not.toBe(before.keys[0]?.id)
    await vault.set('openai', 'NEW', 'more')
    expect(await again.get('openai', 'NEW')).toBe('more')
  })

  it('that somebody changes while they are sealed anew stay what they are', async () => {
    const { store, vault } = await start()
    const other = await Vault.open(store, master)
    const slow = {
      ...store,
      replaceSealed: async (...given: Parameters<typeof store.replaceSealed>) => {
        await other.set('openai', 'API_KEY', 'newer')
        return store.replaceSealed(...given)
      },
    }
    const resealing = await Vault.open(slow, master)
    await expect(resealing.reseal(newMasterKey())).rejects.toMatchObject({ code: 'secrets_changed', retryable: true })
    expect(await vault.get('openai', 'API_KEY')).toBe('newer')
  })

  it('are kept by the new key where another process has just sealed all of them anew', async () => {
    const { store, vault } = await start()
    let once = true
    const racing = {
      ...store,
      putSecret: async (...given: Parameters<typeof store.putSecret>) => {
        if (once) {
          once = false
          await vault.reseal(master)
        }
        return store.putSecret(...given)
      },
    }
    const late = await Vault.open(racing, master)
    await late.set('openai', 'API_KEY', 'late')
    expect(await vault.get('openai', 'API_KEY')).toBe('late')
  })
})

describe('the master key', () => {
  const folder = mkdtempSync(join(tmpdir(), 'plugboard-'))
  afterAll(() => rmSync(folder, { recursive: true }))

  it('is 32 bytes in Base64 or hexadecimal digits, from the environment or a file', async () => {
    const text = master.reveal()
    const hex = Buffer.from(text, 'base64').toString('hex')
    const file = join(folder, 'key')
    writeFileSync(file, `${text}\n`)
    for (const environment of [
      { PLUGBOARD_SECRET_KEY: text },
      { PLUGBOARD_SECRET_KEY: hex },
      { PLUGBOARD_SECRET_KEY: '', PLUGBOARD_SECRET_KEY_FILE: file },
    ])
      expect(keyBytes((await masterKeyFrom(environment)) as Secret).toString('hex')).toBe(hex)
    expect(await masterKeyFrom({})).toBeUndefined()
  })

  it.each([
    { PLUGBOARD_SECRET_KEY: 'a password' },
    { PLUGBOARD_SECRET_KEY: 'a'.repeat(42) },
    { PLUGBOARD_SECRET_KEY: `${'a'.repeat(43)}==` },
    { PLUGBOARD_SECRET_KEY: 'f'.repeat(65) },
    { PLUGBOARD_SECRET_KEY_FILE: join(folder, 'none') },
  ])('is not %o, which the error does not repeat', async (environment) => {
    const failure: unknown = await masterKeyFrom(environment).catch((error: unknown) => error)
    expect(failure).toMatchObject({ code: 'secret_key_invalid' })
    expect((failure as Error).message).not.toContain(environment.PLUGBOARD_SECRET_KEY ?? 'never')
  })
})

describe('a bot', () => {
  const definition = new IntegrationDefinition({
    name: 'teller',
    secrets: { API_KEY: {}, OTHER: { optional: true } },
    actions: { tell: { input: { schema: z.object({}) }, output: { schema: z.object({ secrets: z.json() }) } } },
  })
  const teller = definition.implementedBy(async () => ({
    default: new IntegrationImplementation(definition, {
      actions: {
        tell: async ({ ctx, logger }) => {
          logger.error(`the key is ${ctx.secrets.API_KEY}`)
          return { secrets: { ...ctx.secrets } as Record<string, string> }
        },
      },
    }),
  }))
  const bot = () => new BotDefinition({}).addIntegration(teller, { alias: 'mainTeller' })
  const key = { PLUGBOARD_SECRET_KEY: master.reveal() }

  it('takes the secrets that the environment does not have from its store, and masks them', async () => {
    const store = memoryStore(systemClock)
    const vault = await Vault.open(store, master)
    await vault.set('mainTeller', 'API_KEY', 'hunter2')
    await vault.set('mainTeller', 'OTHER', 'swordfish')
    const lines: string[] = []
    const environment = {
      ...key,
      PLUGBOARD_SECRET_MAIN_TELLER_OTHER: 'from outside',
      PLUGBOARD_SECRET_MAIN_TELLER_API_KEY: '',
    }
    await using running = await startBot(bot(), { store, environment, log: ({ message }) => void lines.push(message) })
    expect(await running.actions.mainTeller.tell({})).toEqual({
      secrets: { API_KEY: 'hunter2', OTHER: 'from outside' },
    })
    expect(lines).toEqual(['the key is •••'])
  })

  it('does not start with another key than that of its secrets, and closes what it opened', async () => {
    const store = memoryStore(systemClock)
    await (await Vault.open(store, master)).set('mainTeller', 'API_KEY', 'hunter2')
    const environment = { PLUGBOARD_SECRET_KEY: newMasterKey().reveal() }
    await expect(startBot(bot(), { store, environment })).rejects.toMatchObject({ code: 'secret_key_wrong' })
    await expect(startBot(bot(), { store, environment: {} })).rejects.toMatchObject({ code: 'secret_key_missing' })
  })
})
