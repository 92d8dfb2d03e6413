import { expectTypeOf } from 'expect-type'
import { describe, expect, test } from 'vitest'
import { Container } from './container.ts'
import { type Token, token } from './token.ts'

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

  test('fits only a token of exactly its type', () => {
    expectTypeOf<Token<string>>().not.toExtend<Token<string | number>>()
    expectTypeOf<Token<string | number>>().not.toExtend<Token<string>>()
    // @ts-expect-error a token is made by token(): nothing of its shape stands in for it
    const forged: Token<string> = { description: 'forged', key: Symbol('forged') }
    expect(forged).toBeDefined()
  })
})
