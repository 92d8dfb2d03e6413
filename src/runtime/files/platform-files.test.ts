import { afterEach, describe, expect, it } from 'vitest'
import {
  BotDefinition,
  type FileContent,
  IntegrationDefinition,
  IntegrationImplementation,
  type PlatformFile,
  PlugboardError,
  z,
} from 'plugboard'
import { type RunningBot, serve, startBot, type StartOptions } from 'plugboard/runtime'
import { VirtualClock } from '../../container/policies/virtual-clock.fixture.ts'

const picture: PlatformFile = { id: 'p/1', name: 'a "b" (ü).png', contentType: 'image/png' }
const bytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text)
const refusal = (code: 'vendor_refused' | 'vendor_unavailable') => new PlugboardError({ code, message: 'no' })

/** What is asked of the platform, and what it has. */
const asked: string[] = []
let give: (file: PlatformFile) => FileContent = ({ id }) => bytes(`the file ${id}`)
const definition = new IntegrationDefinition({
  name: 'photos',
  configuration: { schema: z.object({ key: z.string() }) },
})
const photos = definition.implementedBy(async () => ({
  default: new IntegrationImplementation(definition, {
    webhook: { verify: () => false, deliveryId: () => 'always the same' },
    handler: async () => ({ status: 500 }),
    files: {
      secret: ({ configuration }) => configuration.key,
      read: async ({ file, configuration }) => {
        asked.push(`${configuration.key}: ${file.id}`)
        return give(file)
      },
    },
  }),
}))
const plain = new IntegrationDefinition({ name: 'plain' })
const other = plain.implementedBy(async () => ({ default: new IntegrationImplementation(plain, {}) }))

const started: AsyncDisposable[] = []
async function start({ key = 'k1', ...options }: StartOptions & { key?: string } = {}) {
  const bot = new BotDefinition()
    .addIntegration(photos, { configuration: { key } })
    .addIntegration(photos, { alias: 'others', configuration: { key } })
    .addIntegration(other)
  const server = await serve(() => running, { port: 0 })
  const running: RunningBot = await startBot(bot, { log: () => {}, environment: {}, url: server.url, ...options })
  started.push(server, running)
  return { running, client: running.clientOf('photos'), others: running.clientOf('others') }
}
afterEach(async () => {
  asked.length = 0
  give = ({ id }) => bytes(`the file ${id}`)
  for (const one of started.splice(0).toReversed()) await one[Symbol.asyncDispose]()
})
const seen = async (address: string, method = 'GET') => {
  const response = await fetch(address, { method })
  const text = await response.text()
  const [, code] = /^\{"error":\{"code":"(\w+)"/.exec(text) ?? []
  return [response.status, code ?? text]
}

describe('a file of a platform', () => {
  it('is read by whoever has its address, and is told as what does not run', async () => {
    const { client } = await start()
    const address = client.fileAddress(picture)
    expect(address).toMatch(/\/photos\/files\/[\da-f]{64}\/p%2F1\/image%2Fpng\/a%20%22b%22%20\(%C3%BC\)\.png$/)
    const response = await fetch(address)
    expect([response.status, await response.text(), asked]).toEqual([200, 'the file p/1', ['k1: p/1']])
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'image/png',
      'content-disposition': "inline; filename*=UTF-8''a%20%22b%22%20%28%C3%BC%29.png",
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, max-age=86400',
    })
    expect(await seen(address, 'HEAD')).toEqual([200, ''])
    expect(await seen(address, 'POST')).toEqual([405, ''])
  })

  it.each([
    ['text/html', 'attachment', 'text/html'],
    ['image/svg+xml', 'attachment', 'image/svg+xml'],
    ['audio/ogg; codecs=opus', 'inline', 'audio/ogg; codecs=opus'],
    ['nonsense\r\nset-cookie: a=b', 'attachment', 'application/octet-stream'],
  ])('of the type %j is sent as %s', async (contentType, disposition, type) => {
    const { client } = await start()
    const { status, headers } = await fetch(client.fileAddress({ ...picture, contentType }))
    expect([status, headers.get('content-disposition')?.split(';')[0], headers.get('content-type')]).toEqual([
      200,
      disposition,
      type,
    ])
  })

  it.each(['', '.', '..'])('that is called %j has an address', async (name) => {
    const { client } = await start()
    expect(await seen(client.fileAddress({ ...picture, name }))).toEqual([200, 'the file p/1'])
    expect(() => client.fileAddress({ ...picture, id: name })).toThrow(
      expect.objectContaining({ code: 'file_invalid' }),
    )
  })

  it('goes through as it comes', async () => {
    const second = Promise.withResolvers<void>()
    give = () =>
      new ReadableStream({
        start: async (control) => {
          control.enqueue(bytes('one'))
          await second.promise
          control.enqueue(bytes('two'))
          control.close()
        },
      })
    const { client } = await start()
    const { body } = await fetch(client.fileAddress(picture))
    const reader = body?.getReader()
    expect((await reader?.read())?.value).toEqual(bytes('one'))
    second.resolve()
    expect((await reader?.read())?.value).toEqual(bytes('two'))
  })

  it('is not there when the platform says so, which is no failure', async () => {
    const { client } = await start()
    give = () => {
      throw refusal('vendor_refused')
    }
    expect(await seen(client.fileAddress(picture))).toEqual([404, 'file_unknown'])
    give = () => {
      throw refusal('vendor_unavailable')
    }
    expect(await seen(client.fileAddress(picture))).toEqual([500, 'internal'])
    give = () => null
    expect(await seen(client.fileAddress(picture))).toEqual([200, ''])
  })
})

describe('an address', () => {
  it('is not changed to that of another file, and tells no secret', async () => {
    const { client, others } = await start()
    const address = client.fileAddress({ ...picture, key: 'kept' }, { lifetime: 60_000 })
    expect(address).not.toContain('k1')
    const forged = [
      address.replace('p%2F1', 'p%2F2'),
      address.replace('image%2Fpng', 'text%2Fhtml'),
      address.replace('.png', '.gif'),
      address.replace('key=kept', 'key=other'),
      address.replace('key=kept&', ''),
      address.replace(/expires=\d/, 'expires=9'),
      address.replace(/&expires=\d+/, ''),
      address.replace(/files\/\w{64}/, `files/${'0'.repeat(64)}`),
      address.replace(/files\/\w/, 'files/g'),
      // Who has the same secret is not the same installation.
      address.replace('/photos/', '/others/'),
    ]
    for (const one of forged) {
      expect([one, await seen(one)]).toEqual([one, [401, 'file_address_invalid']])
      expect([one, client.fileAt(one), others.fileAt(one)]).toEqual([one, undefined, undefined])
    }
    for (const none of ['a', 'a/b/c', 'a/b/c/d/e', 'a/b/c/d?expires=x'])
      expect(await seen(`${address.split('/files/')[0]}/files/${none}`)).toEqual([404, 'not_found'])
    expect(asked).toEqual([])
    expect(client.fileAt(address)).toEqual({ ...picture, key: 'kept' })
    expect(client.fileAt('https://example.com/a.png')).toBeUndefined()
    expect(client.fileAt(address.replace('p%2F1', '%ff'))).toBeUndefined()
  })

  it('ends when its time is over', async () => {
    const clock = new VirtualClock()
    const { client } = await start({ clock })
    const address = client.fileAddress(picture, { lifetime: 60_000 })
    await clock.advance(59_000)
    expect((await fetch(address)).headers.get('cache-control')).toBe('private, max-age=1')
    expect(client.fileAt(address)).toEqual(picture)
    await clock.advance(1000)
    expect([await seen(address), client.fileAt(address)]).toEqual([[410, 'file_address_expired'], undefined])
  })

  it('ends when the secret changes, and is signed by no empty one', async () => {
    const { client } = await start()
    const address = new URL(client.fileAddress(picture))
    const again = await start({ key: 'k2' })
    const { host } = new URL(again.client.fileAddress(picture))
    expect(await seen(Object.assign(address, { host }).href)).toEqual([401, 'file_address_invalid'])
    const { client: empty } = await start({ key: '' })
    expect(() => empty.fileAddress(picture)).toThrow(expect.objectContaining({ code: 'secret_missing' }))
  })

  it('is given by an integration alone that implements files', async () => {
    const { running } = await start()
    expect(() => running.clientOf('plain').fileAddress(picture)).toThrow(
      expect.objectContaining({ code: 'handler_missing', message: expect.stringContaining('files: { secret, read }') }),
    )
  })
})

describe('a copy', () => {
  it('is given from then on, whatever the platform has', async () => {
    const { client, running } = await start()
    expect(await client.keepFile({ ...picture, key: 'one' })).toBe('photos/one')
    expect(await client.keepFile({ ...picture, key: 'one' })).toBe('photos/one')
    expect(asked).toHaveLength(1)
    expect((await running.clientOf('photos').getFile({ key: 'photos/one' })).file).toMatchObject({
      contentType: 'image/png',
      tags: { name: picture.name, fileId: 'p/1' },
    })
    give = () => {
      throw refusal('vendor_refused')
    }
    expect(await seen(client.fileAddress({ ...picture, key: 'one' }))).toEqual([200, 'the file p/1'])
    expect(await client.fetchFile({ ...picture, key: 'one' })).toEqual(bytes('the file p/1'))
    await expect(client.fetchFile(picture)).rejects.toMatchObject({ code: 'vendor_refused' })
  })

  it('of what is refused or too large is none, and of what cannot be had now fails', async () => {
    const { client } = await start({ fileLimit: 3 })
    expect(await client.keepFile(picture)).toBeUndefined()
    give = () => {
      throw refusal('vendor_refused')
    }
    expect(await client.keepFile(picture)).toBeUndefined()
    give = () => {
      throw refusal('vendor_unavailable')
    }
    await expect(client.keepFile(picture)).rejects.toMatchObject({ code: 'vendor_unavailable' })
  })
})

describe('what stands at an address', () => {
  const told = async (file: Promise<File>) => {
    const given = await file
    return [given.name, given.type, await given.text()]
  }

  it('is a file of the installation, or of another one of the bot, wherever it runs', async () => {
    const { running, client, others } = await start()
    const file = ['a "b" (ü).png', 'image/png', 'the file p/1']
    expect(await told(client.fetchAddress(client.fileAddress(picture)))).toEqual(file)
    expect(await told(client.fetchAddress(others.fileAddress(picture)))).toEqual(file)
    expect(await told(running.clientOf('plain').fetchAddress(others.fileAddress(picture)))).toEqual(file)
  })

  it('is a file that another installation keeps, for whomever', async () => {
    const { client, others } = await start()
    const file = { content: 'kept', contentType: 'text/plain', tags: { name: 'a.txt' } }
    await others.uploadFile({ key: 'others/a b', ...file })
    const address = others.fileAddress(picture).replace(/files\/.*/, 'files/a%20b')
    expect(await told(client.fetchAddress(address))).toEqual(['a.txt', 'text/plain', 'kept'])
    await expect(client.fetchAddress(`${address}c`)).rejects.toMatchObject({ code: 'vendor_refused' })
  })

  it.each([
    ['data:image/jpeg;base64,aGVsbG8=', 'file.jpg', 'image/jpeg'],
    ['data:text/plain;charset=utf-8;base64,aGVsbG8=', 'file.txt', 'text/plain'],
    ['data:audio/x-wav;base64,aGVsbG8=', 'file.wav', 'audio/x-wav'],
    ['data:image/svg+xml;base64,aGVsbG8=', 'file.svg', 'image/svg+xml'],
    ['data:application/octet-stream;base64,aGVsbG8=', 'file.bin', 'application/octet-stream'],
  ])('may stand in itself: %s', async (address, name, type) => {
    const { running } = await start()
    expect(await told(running.clientOf('plain').fetchAddress(address))).toEqual([name, type, 'hello'])
  })

  it('is refused where there is none, where it is too large, and where the bot may not go', async () => {
    const { client, others } = await start()
    const code = (address: string, limit?: number) =>
      client.fetchAddress(address, { ...(limit !== undefined && { limit }) }).then(
        () => 'none',
        (error: unknown) => (error as PlugboardError).code,
      )
    const [own, another] = [client.fileAddress(picture), others.fileAddress(picture)]
    expect(await code(another.replace(/[\da-f]{64}/, '0'.repeat(64)))).toBe('vendor_refused')
    expect(await code('data:no data')).toBe('vendor_refused')
    for (const address of [own, another, 'data:text/plain,the%20file'])
      expect([address, await code(address, 5)]).toEqual([address, 'response_too_large'])
    await using elsewhere = await serve(() => undefined, { port: 0 })
    expect(await code(`${elsewhere.url}/a.png`)).toBe('address_refused')
  })

  it('ends with its caller', async () => {
    const { client, others } = await start()
    const waiting = Promise.withResolvers<void>()
    give = () => {
      waiting.resolve()
      return new ReadableStream()
    }
    const control = new AbortController()
    const fetched = client.fetchAddress(others.fileAddress(picture), { signal: control.signal })
    await waiting.promise
    control.abort()
    await expect(fetched).rejects.toMatchObject({ code: 'aborted' })
  })
})
