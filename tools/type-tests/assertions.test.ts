import { describe, expect, it } from 'vitest'
import { countAssertions, expectedErrors } from './assertions.ts'

describe('a type test asserts something when', () => {
  it.each([
    ['it expects an error', '// @ts-expect-error name is required\nrequire()', 1],
    ['it compares a type', 'expectTypeOf<A>().toEqualTypeOf<B>()', 1],
    ['it compares a type of a part', 'expectTypeOf(a).parameter(0).not.toExtend<string>()', 1],
    ['it does both', 'expectTypeOf(a).toBeString()\n// @ts-expect-error no\nb()', 2],
  ])('%s', (_case, source, count) => {
    expect(countAssertions(source)).toBe(count)
  })
})

describe('a type test asserts nothing when', () => {
  it.each([
    ['it is empty', ''],
    ['it only uses what it imports', "import { expectTypeOf } from 'expect-type'\nuse(expectTypeOf)"],
    ['a chain ends in no matcher', 'expectTypeOf<A>()\nexpectTypeOf(a).parameter(0)'],
    ['its assertion is a comment', '// expectTypeOf<A>().toEqualTypeOf<B>()'],
    ['its assertion is a string', "const text = '// @ts-expect-error'"],
    ['another function has a matcher', 'other(a).toEqualTypeOf()'],
    ['an expected error is spoken of in the middle of a comment', '// remove the @ts-expect-error below'],
  ])('%s', (_case, source) => {
    expect(countAssertions(source)).toBe(0)
  })
})

it('tells the lines of the expected errors', () => {
  expect(expectedErrors('\n// @ts-expect-error a\na()\n/* @ts-expect-error b */\nb()')).toEqual([1, 3])
})
