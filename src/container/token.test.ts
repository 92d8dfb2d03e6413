import { expectTypeOf } from 'expect-type'
import { describe, expect, test } from 'vitest'
import { Container } from './container.ts'
import { type Token, token, type Tokens } from './token.ts'

describe('a token', () => {
  test('carries its type to whoever resolves it', () => {
    const clock = token<{ now(): number }>('clock')
    const service = new Container().registerValue(clock, { now: () => 7 }).resolve(clock)
    expectTypeOf(service).toEqualTypeOf<{ now(): number }>()
    expect(service.now()).toBe(7)
  })

  test('is another than one of the same description', () => {
    const root = new Container().registerValue(token<string>('name'), 'one')
    expect(root.has(token<string>('name'))).toBe(false)
  })

  test('stands for its service in a list, in the same order', () => {
    const inject: Tokens<[string, { size: number }]> = [token<string>('name'), token<{ size: number }>('box')]
    expectTypeOf(inject).toEqualTypeOf<readonly [Token<string>, Token<{ size: number }>]>()
    const root = new Container().registerValue(inject[0], 'one').registerFactory(inject[1], {
      inject: [inject[0]],
      create: (name) => {
        expectTypeOf(name).toEqualTypeOf<string>()
        return { size: name.length }
      },
    })
    expectTypeOf(root.resolve(inject[1])).toEqualTypeOf<{ size: number }>()
    expect(root.resolve(inject[1])).toEqual({ size: 3 })
  })

  test('fits only a token of exactly its type', () => {
    expectTypeOf<Token<string>>().not.toExtend<Token<string | number>>()
    expectTypeOf<Token<string | number>>().not.toExtend<Token<string>>()
    // @ts-expect-error a token is made by token(): nothing of its shape stands in for it
    const forged: Token<string> = { description: 'forged', key: Symbol('forged') }
    expect(forged).toBeDefined()
  })
})
