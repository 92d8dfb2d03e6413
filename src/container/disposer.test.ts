import { setImmediate } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { PlugboardError } from '../errors/index.ts'
import { Container } from './container.ts'
import { token } from './token.ts'

const first = token<object>('first')
const second = token<object>('second')
const third = token<object>('third')

/** Services that say in `log` that they were disposed of. */
function journal() {
  const log: string[] = []
  const disposable = (name: string): AsyncDisposable => ({
    async [Symbol.asyncDispose]() {
      log.push(`${name} begins`)
      await setImmediate()
      log.push(`${name} ends`)
    },
  })
  return { log, disposable }
}

async function failureOf(promise: Promise<void>): Promise<PlugboardError> {
  const error: unknown = await promise.then(
    () => new Error('It did not fail.'),
    (error: unknown) => error,
  )
  if (PlugboardError.isInstance(error)) return error
  throw error
}

describe('disposal', () => {
  test('goes backwards through what was created, one after the other', async () => {
    const { log, disposable } = journal()
    const root = new Container()
      .registerFactory(third, { create: () => disposable('third') })
      .registerFactory(first, { inject: [second], create: () => disposable('first') })
      .registerFactory(second, { create: () => disposable('second') })
    root.resolve(first)
    root.resolve(third)
    await root[Symbol.asyncDispose]()
    expect(log).toEqual(['third begins', 'third ends', 'first begins', 'first ends', 'second begins', 'second ends'])
  })

  test('goes through the scopes inside before their parent, the newest first', async () => {
    const { log, disposable } = journal()
    const root = new Container().registerFactory(first, { lifetime: 'scoped', create: () => disposable('root') })
    root.resolve(first)
    for (const name of ['one', 'two']) {
      const scope = root.createScope(name).registerFactory(second, { create: () => disposable(name) })
      scope.resolve(second)
      const inner = scope.createScope('inner').registerFactory(third, { create: () => disposable(`inside ${name}`) })
      inner.resolve(third)
    }
    await root[Symbol.asyncDispose]()
    expect(log.filter((line) => line.endsWith('ends'))).toEqual(
      ['inside two', 'two', 'inside one', 'one', 'root'].map((name) => `${name} ends`),
    )
  })

  test('of a scope leaves singletons of the scopes around it alone', async () => {
    const { log, disposable } = journal()
    const root = new Container().registerFactory(first, { create: () => disposable('first') })
    const scope = root.createScope('scope')
    const service = scope.resolve(first)
    await scope[Symbol.asyncDispose]()
    expect(log).toEqual([])
    expect(root.resolve(first)).toBe(service)
    await root[Symbol.asyncDispose]()
    expect(log).toEqual(['first begins', 'first ends'])
  })

  test('of a scope takes the scoped services that it asked for', async () => {
    const { log, disposable } = journal()
    const root = new Container()
    let count = 0
    root.registerFactory(first, { lifetime: 'scoped', create: () => disposable(`${(count += 1)}`) })
    root.resolve(first)
    const scope = root.createScope('scope')
    scope.resolve(first)
    await scope[Symbol.asyncDispose]()
    expect(log).toEqual(['2 begins', '2 ends'])
  })

  test('happens at the end of a block that uses the scope', async () => {
    const { log, disposable } = journal()
    {
      await using root = new Container()
      root.registerFactory(first, { create: () => disposable('first') }).resolve(first)
    }
    expect(log).toEqual(['first begins', 'first ends'])
  })

  test('creates nothing that was never asked for', async () => {
    let created = 0
    const root = new Container().registerFactory(first, { create: () => ({ count: (created += 1) }) })
    await root[Symbol.asyncDispose]()
    expect(created).toBe(0)
  })

  test('calls Symbol.dispose where that is all there is, and prefers Symbol.asyncDispose', async () => {
    const log: string[] = []
    const synchronous = { [Symbol.dispose]: () => void log.push('synchronous') }
    const both = {
      [Symbol.dispose]: () => void log.push('wrong'),
      [Symbol.asyncDispose]: async () => void log.push('asynchronous'),
    }
    const root = new Container()
      .registerFactory(first, { create: () => synchronous })
      .registerFactory(second, { create: () => both })
    root.resolve(first)
    root.resolve(second)
    await root[Symbol.asyncDispose]()
    expect(log).toEqual(['asynchronous', 'synchronous'])
  })

  test('calls a method of the service as a method', async () => {
    class Service {
      #open = true
      get open() {
        return this.#open
      }
      [Symbol.dispose]() {
        this.#open = false
      }
    }
    const service = token<Service>('service')
    const root = new Container().registerClass(service, Service)
    const instance = root.resolve(service)
    await root[Symbol.asyncDispose]()
    expect(instance.open).toBe(false)
  })

  test('calls the given function instead, and waits for it', async () => {
    const { log, disposable } = journal()
    const root = new Container().registerFactory(token<AsyncDisposable>('other'), { create: () => disposable('other') })
    const service = disposable('own')
    root.registerFactory(first, {
      create: () => service,
      dispose: async (received) => {
        await Promise.resolve()
        log.push(received === service ? 'function' : 'another service')
      },
    })
    root.resolve(first)
    await root[Symbol.asyncDispose]()
    expect(log).toEqual(['function'])
  })

  test('leaves alone what is registered with dispose: false, values and transient services', async () => {
    const { log, disposable } = journal()
    const root = new Container()
      .registerFactory(first, { create: () => disposable('kept'), dispose: false })
      .registerValue(second, disposable('value'))
      .registerFactory(third, { lifetime: 'transient', create: () => disposable('transient') })
    for (const each of [first, second, third]) root.resolve(each)
    await root[Symbol.asyncDispose]()
    expect(log).toEqual([])
  })

  test('takes values that are registered with it, whether asked for or not, in the order of registration', async () => {
    const { log, disposable } = journal()
    const root = new Container()
      .registerValue(first, disposable('first'), { dispose: true })
      .registerFactory(second, { inject: [first], create: () => disposable('second') })
      .registerValue(third, {}, { dispose: () => void log.push('third') })
    root.resolve(second)
    await root[Symbol.asyncDispose]()
    expect(log).toEqual(['second begins', 'second ends', 'third', 'first begins', 'first ends'])
  })

  test('passes over services that are no objects or have nothing to dispose of', async () => {
    const root = new Container()
    const services = [null, undefined, 'text', 1, {}, () => 1]
    for (const service of services) {
      const any = token<unknown>('any')
      root.registerFactory(any, { create: () => service }).resolve(any)
    }
    await expect(root[Symbol.asyncDispose]()).resolves.toBeUndefined()
  })

  test('takes what a factory creates while it disposes of its own scope', async () => {
    const { log, disposable } = journal()
    const root = new Container()
    let disposal: Promise<void> | undefined
    root.registerFactory(first, {
      create: () => {
        disposal = root[Symbol.asyncDispose]()
        return disposable('first')
      },
    })
    root.resolve(first)
    await disposal
    expect(log).toEqual(['first begins', 'first ends'])
  })
})

describe('a disposal that fails', () => {
  const failing = (message: string) => ({
    [Symbol.asyncDispose]: async () => {
      throw new Error(message)
    },
  })

  test('stops no other, and all failures are told at once', async () => {
    const { log, disposable } = journal()
    const root = new Container().registerFactory(first, { create: () => failing('the file is gone') })
    root.resolve(first)
    const bot = root.createScope('bot "hello"').registerFactory(second, { create: () => disposable('second') })
    bot.registerFactory(third, {
      create: () => ({}),
      dispose: () => {
        throw new Error('the line is cut')
      },
    })
    bot.resolve(second)
    bot.resolve(third)
    const error = await failureOf(root[Symbol.asyncDispose]())
    expect(log).toEqual(['second begins', 'second ends'])
    expect(error.code).toBe('disposal_failed')
    expect(error.message).toBe(
      '2 services could not be disposed of: bot "hello" › third: the line is cut; first: the file is gone',
    )
    expect(error.cause).toBeInstanceOf(AggregateError)
    expect((error.cause as AggregateError).errors.map((cause: Error) => cause.message)).toEqual([
      'the line is cut',
      'the file is gone',
    ])
  })

  test('of a scope that was disposed of by itself is not told again by its parent', async () => {
    const root = new Container()
    const bot = root.createScope('bot "hello"').registerFactory(first, { create: () => failing('gone') })
    bot.resolve(first)
    expect((await failureOf(bot[Symbol.asyncDispose]())).message).toBe(
      'one service could not be disposed of: bot "hello" › first: gone',
    )
    await expect(root[Symbol.asyncDispose]()).resolves.toBeUndefined()
  })

  test('is told to every caller', async () => {
    const root = new Container().registerFactory(first, { create: () => failing('gone') })
    root.resolve(first)
    const disposals = [root[Symbol.asyncDispose](), root[Symbol.asyncDispose]()]
    for (const disposal of disposals) expect((await failureOf(disposal)).message).toContain('first: gone')
  })
})

describe('a scope that is being disposed of', () => {
  test('refuses everything from the moment of the call, and so do the scopes inside it', async () => {
    const root = new Container().registerValue(first, {}).registerFactory(second, { create: () => ({}) })
    const bot = root.createScope('bot "hello"')
    const disposal = root[Symbol.asyncDispose]()
    const refusal = expect.objectContaining({ code: 'container_disposed' })
    for (const refused of [
      () => root.resolve(first),
      () => root.tryResolve(token('unknown')),
      () => root.has(first),
      () => root.createScope('late'),
      () => root.registerValue(third, {}),
      () => root.registerFactory(third, { create: () => ({}) }),
      () => bot.resolve(second),
    ]) {
      expect(refused).toThrow(refusal)
    }
    await disposal
    expect(() => bot.resolve(first)).toThrow('bot "hello" › first: bot "hello" has been disposed of')
    expect(() => root.resolve(first)).toThrow('first: the root scope has been disposed of')
  })

  test('refuses services that are asked for while others are disposed of', async () => {
    const root = new Container().registerFactory(second, { create: () => ({}) })
    const codes: unknown[] = []
    root.registerFactory(first, {
      create: () => ({}),
      dispose: async () => {
        await Promise.resolve()
        try {
          root.resolve(second)
        } catch (error) {
          codes.push(error instanceof PlugboardError ? error.code : error)
        }
      },
    })
    root.resolve(first)
    await root[Symbol.asyncDispose]()
    expect(codes).toEqual(['container_disposed'])
  })

  test('is disposed of once, and every caller waits for it', async () => {
    const { log, disposable } = journal()
    const root = new Container()
    const bot = root.createScope('bot').registerFactory(first, { create: () => disposable('first') })
    bot.resolve(first)
    const disposals = [bot[Symbol.asyncDispose](), root[Symbol.asyncDispose](), bot[Symbol.asyncDispose]()]
    for (const disposal of disposals.toReversed()) {
      await disposal
      expect(log).toEqual(['first begins', 'first ends'])
    }
    await root[Symbol.asyncDispose]()
    expect(log).toHaveLength(2)
  })

  test('leaves the scopes around and beside it working', async () => {
    const root = new Container().registerValue(first, {})
    const beside = root.createScope('beside')
    await root.createScope('gone')[Symbol.asyncDispose]()
    expect(root.has(first)).toBe(true)
    expect(beside.has(first)).toBe(true)
  })
})
