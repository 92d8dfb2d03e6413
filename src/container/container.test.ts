import { expectTypeOf } from 'expect-type'
import { describe, expect, test } from 'vitest'
import { Container } from './container.ts'
import { token } from './token.ts'

const name = token<string>('name')
const size = token<number>('size')
const label = token<{ text: string }>('label')

class Label {
  static readonly inject = [name, size] as const
  readonly text: string
  constructor(name: string, size: number) {
    this.text = `${name} ${size}`
  }
}

class NameOnly {
  readonly text: string
  constructor(name: string) {
    this.text = name
  }
}

describe('a registration', () => {
  test('of a value gives that very value', () => {
    const value = { text: 'hello' }
    expect(new Container().registerValue(label, value).resolve(label)).toBe(value)
  })

  test('of a factory gives what the factory makes of its dependencies', () => {
    const root = new Container()
      .registerValue(name, 'box')
      .registerValue(size, 3)
      .registerFactory(label, {
        inject: [name, size],
        create: (name, size) => {
          expectTypeOf(name).toEqualTypeOf<string>()
          expectTypeOf(size).toEqualTypeOf<number>()
          return { text: `${name} ${size}` }
        },
      })
    expect(root.resolve(label)).toEqual({ text: 'box 3' })
  })

  test('of a class constructs it with what it says in inject', () => {
    const root = new Container().registerValue(name, 'box').registerValue(size, 3).registerClass(label, Label)
    expect(root.resolve(label)).toBeInstanceOf(Label)
    expect(root.resolve(label).text).toBe('box 3')
  })

  test('of a class without dependencies needs no inject', () => {
    class Plain {
      readonly text = 'plain'
    }
    expect(new Container().registerClass(label, Plain).resolve(label)).toBeInstanceOf(Plain)
  })

  test('creates nothing before it is asked for', () => {
    let created = 0
    const root = new Container().registerFactory(size, { create: () => (created += 1) })
    expect(created).toBe(0)
    root.resolve(size)
    expect(created).toBe(1)
  })

  test('may come in any order', () => {
    const root = new Container().registerClass(label, Label).registerValue(size, 3).registerValue(name, 'box')
    expect(root.resolve(label).text).toBe('box 3')
  })

  test('takes a factory that accepts more than the token gives, and returns less than it may', () => {
    const wide = token<string | number>('wide')
    const create = (name: string | undefined): string => name ?? ''
    expect(
      new Container()
        .registerValue(name, 'box')
        .registerFactory(wide, { inject: [name], create })
        .resolve(wide),
    ).toBe('box')
  })

  test('is refused a second time in the same scope', () => {
    const bot = new Container().createScope('bot "hello"').registerValue(name, 'one')
    expect(() => bot.registerValue(name, 'two')).toThrow(
      expect.objectContaining({
        code: 'token_taken',
        message: expect.stringContaining('bot "hello" already has something for this token'),
      }),
    )
    expect(bot.resolve(name)).toBe('one')
  })

  test('that does not fit is a compile error', () => {
    const root = new Container()
    const create = (name: string, size: number) => ({ text: name + size })
    class WrongType extends NameOnly {
      static readonly inject = [size] as const
    }
    class MissingToken {
      static readonly inject = [name] as const
      readonly text: string
      constructor(name: string, size: number) {
        this.text = create(name, size).text
      }
    }
    class MissingConst extends NameOnly {
      static readonly inject = [name]
    }
    const misuses = [
      // @ts-expect-error the value is no string
      () => root.registerValue(name, 1),
      // @ts-expect-error the factory gives no string
      () => root.registerFactory(name, { create: () => 1 }),
      // @ts-expect-error a factory is synchronous: a promise is no string
      () => root.registerFactory(name, { create: async () => 'late' }),
      // @ts-expect-error the second dependency is missing from inject
      () => root.registerFactory(label, { inject: [name], create }),
      // @ts-expect-error the dependencies stand in the wrong order
      () => root.registerFactory(label, { inject: [size, name], create }),
      // @ts-expect-error the class needs a name and has no inject
      () => root.registerClass(label, NameOnly),
      // @ts-expect-error inject names a number where the constructor takes a string
      () => root.registerClass(label, WrongType),
      // @ts-expect-error the constructor takes more than inject names
      () => root.registerClass(label, MissingToken),
      // @ts-expect-error inject is no tuple: `as const` is missing
      () => root.registerClass(label, MissingConst),
      // @ts-expect-error instances of the class are no strings
      () => root.registerClass(name, Label),
      // @ts-expect-error a transient service belongs to whoever asked for it
      () => root.registerFactory(name, { lifetime: 'transient', create: () => '', dispose: () => undefined }),
      // @ts-expect-error there is no such lifetime
      () => root.registerFactory(name, { lifetime: 'forever', create: () => '' }),
      // @ts-expect-error a string is no token
      () => root.resolve('name'),
    ]
    expect(misuses).toHaveLength(13)
  })
})

describe('a lifetime', () => {
  function scopes(lifetime?: 'singleton' | 'scoped' | 'transient') {
    let created = 0
    const root = new Container().registerFactory(label, {
      ...(lifetime === undefined ? {} : { lifetime: lifetime as 'singleton' }),
      create: () => ({ text: `${(created += 1)}` }),
    })
    const child = root.createScope('child')
    return { root, child, grandchild: child.createScope('grandchild') }
  }

  test('singleton is one for the scope that registered it, and the default', () => {
    for (const lifetime of [undefined, 'singleton'] as const) {
      const { root, child, grandchild } = scopes(lifetime)
      const first = grandchild.resolve(label)
      expect(child.resolve(label)).toBe(first)
      expect(root.resolve(label)).toBe(first)
    }
  })

  test('scoped is one for each scope that asks', () => {
    const { root, child, grandchild } = scopes('scoped')
    const services = [grandchild, child, root].map((scope) => scope.resolve(label))
    expect(new Set(services).size).toBe(3)
    expect([grandchild, child, root].map((scope) => scope.resolve(label))).toEqual(services)
    expect(child.resolve(label)).toBe(services[1])
  })

  test('transient is a new one each time', () => {
    const { child } = scopes('transient')
    expect(child.resolve(label)).not.toBe(child.resolve(label))
  })

  test('keeps a service that is undefined', () => {
    const nothing = token<undefined>('nothing')
    for (const lifetime of ['singleton', 'scoped'] as const) {
      let created = 0
      const root = new Container().registerFactory(nothing, { lifetime, create: () => void (created += 1) })
      root.resolve(nothing)
      root.resolve(nothing)
      expect(created).toBe(1)
    }
  })

  test('does not keep a creation that failed', () => {
    let attempts = 0
    const root = new Container().registerFactory(size, {
      create: () => {
        attempts += 1
        if (attempts === 1) throw new Error('not yet')
        return attempts
      },
    })
    expect(() => root.resolve(size)).toThrow('not yet')
    expect(root.resolve(size)).toBe(2)
  })
})

describe('a dependency', () => {
  const names = () => {
    const root = new Container().registerValue(name, 'root').registerValue(size, 1)
    const child = root.createScope('child').registerValue(name, 'child')
    return { root, child }
  }

  test('of a singleton comes from the scope that registered it, even when a child asks first', () => {
    const { root, child } = names()
    root.registerClass(label, Label)
    expect(child.resolve(label).text).toBe('root 1')
    expect(root.resolve(label).text).toBe('root 1')
  })

  test('of a singleton is not found in the child that asks', () => {
    const root = new Container().registerFactory(label, { inject: [name], create: (text) => ({ text }) })
    const child = root.createScope('child').registerValue(name, 'child')
    expect(() => child.resolve(label)).toThrow(expect.objectContaining({ code: 'token_unregistered' }))
  })

  test('of a scoped or transient service comes from the scope that asks', () => {
    for (const lifetime of ['scoped', 'transient'] as const) {
      const { root, child } = names()
      root.registerClass(label, Label, { lifetime })
      expect(root.resolve(label).text).toBe('root 1')
      expect(child.resolve(label).text).toBe('child 1')
      expect(child.createScope('grandchild').resolve(label).text).toBe('child 1')
    }
  })

  test('that is scoped, of a singleton, is the one of the scope that registered the singleton', () => {
    const root = new Container()
      .registerFactory(label, { lifetime: 'scoped', create: () => ({ text: '' }) })
      .registerFactory(token<object>('other'), { create: () => ({}) })
    const holder = token<{ held: object }>('holder')
    root.registerFactory(holder, { inject: [label], create: (held) => ({ held }) })
    const child = root.createScope('child')
    expect(child.resolve(holder).held).toBe(root.resolve(label))
    expect(child.resolve(holder).held).not.toBe(child.resolve(label))
  })

  test('may be of the same token in the scope around, which a factory asks itself', () => {
    const root = new Container().registerValue(name, 'inner')
    const child = root.createScope('child')
    child.registerFactory(name, { create: () => `wrapped ${root.resolve(name)}` })
    expect(child.resolve(name)).toBe('wrapped inner')
  })
})

describe('a scope', () => {
  test('sees what is registered around it, and hides it with its own', () => {
    const root = new Container().registerValue(name, 'root')
    const child = root.createScope('child')
    expect(child.resolve(name)).toBe('root')
    child.registerValue(name, 'child')
    expect(child.resolve(name)).toBe('child')
    expect(root.resolve(name)).toBe('root')
  })

  test('does not see what is registered inside or beside it', () => {
    const root = new Container()
    root.createScope('one').registerValue(name, 'one')
    expect(root.has(name)).toBe(false)
    expect(root.createScope('two').has(name)).toBe(false)
    expect(new Container().has(name)).toBe(false)
  })

  test('sees what is registered around it later', () => {
    const root = new Container()
    const child = root.createScope('child')
    expect(child.has(name)).toBe(false)
    root.registerValue(name, 'late')
    expect(child.has(name)).toBe(true)
    expect(child.resolve(name)).toBe('late')
  })

  test('knows the names of the scopes around it', () => {
    expect(new Container().createScope('bot "a"').createScope('plugin "b"').path).toEqual(['bot "a"', 'plugin "b"'])
    expect(new Container('root').createScope('bot "a"').path).toEqual(['root', 'bot "a"'])
  })
})

describe('tryResolve', () => {
  test('gives the service where there is one, and undefined where nothing is registered', () => {
    const root = new Container().registerValue(name, 'here')
    expectTypeOf(root.tryResolve(name)).toEqualTypeOf<string | undefined>()
    expect(root.createScope('child').tryResolve(name)).toBe('here')
    expect(root.tryResolve(size)).toBeUndefined()
  })

  test('throws where the service is registered and something that it depends on is not', () => {
    const root = new Container().registerClass(label, Label).registerValue(name, 'box')
    expect(() => root.tryResolve(label)).toThrow(expect.objectContaining({ code: 'token_unregistered' }))
  })
})
