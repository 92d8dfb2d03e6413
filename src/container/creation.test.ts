import { describe, expect, test } from 'vitest'
import { CompositionError, PlugboardError } from '../errors/index.ts'
import { Container } from './container.ts'
import { ResolutionError } from './resolution-error.ts'
import { token } from './token.ts'

const clock = token<() => number>('clock')
const store = token<{ clock: () => number }>('store')
const assistant = token<{ store: object }>('assistant')

function errorOf(action: () => unknown): ResolutionError {
  try {
    action()
  } catch (error) {
    if (error instanceof ResolutionError) return error
    throw error
  }
  throw new Error('Nothing was thrown.')
}

function plugin() {
  const root = new Container()
  const bot = root.createScope('bot "hello"')
  return { root, bot, plugin: bot.createScope('plugin "assistant"') }
}

describe('a token without a registration', () => {
  test('is named with the scopes that were asked and what they have instead, the nearest first', () => {
    const { root, bot, plugin: scope } = plugin()
    root.registerFactory(store, { inject: [clock], create: (clock) => ({ clock }) })
    bot.registerValue(token<string>('language'), 'en')
    scope.registerValue(token<string>('alias'), 'assistant')
    const error = errorOf(() => scope.resolve(clock))
    expect(error.code).toBe('token_unregistered')
    expect(error.message).toBe(
      'bot "hello" › plugin "assistant" › clock: ' +
        'nothing is registered for token "clock"; registered here: alias, language, store',
    )
    expect(error.resolutionPath).toEqual(['bot "hello"', 'plugin "assistant"', 'clock'])
    expect(PlugboardError.isInstance(error)).toBe(true)
  })

  test('is named with the services that led to it', () => {
    const { plugin: scope } = plugin()
    scope.registerFactory(store, { inject: [clock], create: (clock) => ({ clock }) })
    scope.registerFactory(assistant, { inject: [store], create: (store) => ({ store }) })
    expect(errorOf(() => scope.resolve(assistant)).message).toBe(
      'bot "hello" › plugin "assistant" › assistant › store › clock: ' +
        'nothing is registered for token "clock"; registered here: store, assistant',
    )
  })

  test('is named with the scope where a singleton looks for it', () => {
    const { root, bot, plugin: scope } = plugin()
    bot.registerFactory(store, { inject: [clock], create: (clock) => ({ clock }) })
    scope.registerValue(clock, () => 0)
    expect(errorOf(() => scope.resolve(store)).message).toBe(
      'bot "hello" › plugin "assistant" › store › clock: nothing is registered for token "clock"; ' +
        'registered in bot "hello", where it is looked for: store',
    )
    root.registerFactory(assistant, { inject: [token<object>('memory')], create: (store) => ({ store }) })
    expect(errorOf(() => scope.resolve(assistant)).message).toContain('registered in the root scope')
  })

  test('says so where nothing at all is registered', () => {
    expect(errorOf(() => new Container().resolve(clock)).message).toBe(
      'clock: nothing is registered for token "clock"; registered here: nothing',
    )
  })
})

describe('a cycle', () => {
  const a = token<object>('a')
  const b = token<object>('b')
  const c = token<object>('c')

  test('is named as one, for every lifetime', () => {
    for (const lifetime of ['singleton', 'scoped', 'transient'] as const) {
      const { bot } = plugin()
      bot.registerFactory(c, { lifetime, inject: [a], create: (a) => ({ a }) })
      bot.registerFactory(a, { lifetime, inject: [b], create: (b) => ({ b }) })
      bot.registerFactory(b, { lifetime, inject: [a], create: (a) => ({ a }) })
      const error = errorOf(() => bot.resolve(c))
      expect(error.code).toBe('dependency_cycle')
      expect(error.message).toBe('bot "hello" › c › a › b › a: the registrations need each other: a → b → a')
    }
  })

  test('is seen where factories ask the container themselves', () => {
    const root = new Container()
    root.registerFactory(a, { create: () => root.resolve(b) })
    root.registerFactory(b, { create: () => root.resolve(a) })
    expect(errorOf(() => root.resolve(a)).code).toBe('dependency_cycle')
  })

  test('of one registration is named too', () => {
    const root = new Container().registerFactory(a, { inject: [a], create: (a) => a })
    expect(errorOf(() => root.resolve(a)).message).toContain('a → a')
  })

  test('is not seen where two share a dependency', () => {
    const root = new Container()
      .registerFactory(a, { create: () => ({}) })
      .registerFactory(b, { inject: [a], create: (a) => ({ a }) })
      .registerFactory(c, { inject: [a, b], create: (a, b) => ({ a, b }) })
    expect(root.resolve(c)).toEqual({ a: {}, b: { a: {} } })
  })

  test('is not seen where one factory object is registered for two tokens that need each other once', () => {
    const inner = {}
    const asked = [b]
    const root = new Container()
    const factory = { create: () => asked.splice(0).map((token) => root.resolve(token))[0] ?? inner }
    root.registerFactory(a, factory).registerFactory(b, factory)
    expect(root.resolve(a)).toBe(inner)
  })

  test('is not seen where a scope asks for the service of the scope around it', () => {
    const scopes: Container[] = []
    const root = new Container().registerFactory(a, {
      lifetime: 'scoped',
      create: () => ({ around: scopes.pop()?.resolve(a) }),
    })
    const child = root.createScope('child')
    scopes.push(root)
    expect(child.resolve(a)).toEqual({ around: { around: undefined } })
  })
})

describe('a factory that throws', () => {
  test('gives its error as the cause, with the path', () => {
    const { plugin: scope } = plugin()
    const cause = new TypeError('no clock on this machine')
    scope.registerFactory(clock, {
      create: () => {
        throw cause
      },
    })
    scope.registerFactory(store, { inject: [clock], create: (clock) => ({ clock }) })
    const error = errorOf(() => scope.resolve(store))
    expect(error.code).toBe('factory_failed')
    expect(error.message).toBe('bot "hello" › plugin "assistant" › store › clock: no clock on this machine')
    expect(error.cause).toBe(cause)
  })

  test('keeps the code, the place and the retry hints of an error of Plugboard', () => {
    const { bot } = plugin()
    const cause = new CompositionError('bot "hello"', [{ code: 'need_unknown', path: 'x', message: 'm', remedy: 'r' }])
    const waiting = { code: 'vendor_rate_limited', message: 'wait', retryable: true, retryAfter: 50 } as const
    const where = { integration: 'openai' }
    bot.registerFactory(store, {
      create: () => {
        throw cause
      },
    })
    bot.registerFactory(assistant, {
      create: () => {
        throw new PlugboardError({ ...waiting, where })
      },
    })
    const error = errorOf(() => bot.resolve(store))
    expect(error).toMatchObject({ code: 'composition_invalid', cause, resolutionPath: ['bot "hello"', 'store'] })
    expect(errorOf(() => bot.resolve(assistant))).toMatchObject({
      ...waiting,
      where,
      message: 'bot "hello" › assistant: wait',
    })
  })

  test('may throw what is no error', () => {
    const root = new Container()
    root.registerFactory(clock, {
      create: () => {
        // oxlint-disable-next-line typescript/only-throw-error -- this is what foreign code does
        throw 'broken'
      },
    })
    expect(errorOf(() => root.resolve(clock))).toMatchObject({ message: 'clock: broken', cause: 'broken' })
  })

  test('leaves no trace in the path of the next error', () => {
    const root = new Container()
    root.registerFactory(store, { inject: [clock], create: (clock) => ({ clock }) })
    const first = errorOf(() => root.resolve(store)).message
    expect(errorOf(() => root.resolve(store)).message).toBe(first)
    expect(errorOf(() => root.resolve(clock)).resolutionPath).toEqual(['clock'])
  })

  test('may be caught by the factory that asked', () => {
    const root = new Container()
    root.registerFactory(clock, {
      create: () => {
        try {
          return root.resolve(token<() => number>('better clock'))
        } catch {
          return () => 0
        }
      },
    })
    expect(root.resolve(clock)()).toBe(0)
  })
})

describe('asynchronous code', () => {
  test('that asks after its factory returned has a path of its own', async () => {
    const late = token<Promise<unknown>>('late')
    const root = new Container()
    root.registerFactory(late, {
      create: async () => {
        await Promise.resolve()
        return root.resolve(clock)
      },
    })
    const promise = root.resolve(late)
    const now = errorOf(() => root.resolve(clock))
    expect(now.resolutionPath).toEqual(['clock'])
    await expect(promise).rejects.toMatchObject({ resolutionPath: ['clock'] })
  })
})
