import { describe, expect, it } from 'vitest'
import { createCompiler } from './compiler.ts'
import { comparePins, type Cost, measureCosts } from './cost.ts'

const compiler = createCompiler()
const pairs = (count: number) =>
  ['type Pair<T> = { [K in keyof T]: [T[K], K] }']
    .concat(
      Array.from(
        { length: count },
        (_, index) => `export declare const a${index}: Pair<{ b${index}: 1 }>['b${index}']`,
      ),
    )
    .join('\n')

describe('measuring', () => {
  const measure = (source: (count: number) => string, atMost?: number) =>
    measureCosts(compiler, import.meta.dirname, { one: atMost === undefined ? { source } : { source, atMost } })[0]

  it('counts what each further one adds, the same every time', () => {
    const cost = measure(pairs)
    expect(cost?.marginal).toBeGreaterThan(0)
    expect(measure(pairs)).toEqual(cost)
  })

  it('finds nothing where nothing is instantiated', () => {
    expect(measure((count) => `export const a = ${count}`)).toEqual({ name: 'one', first: 0, marginal: 0, faults: [] })
  })

  it('refuses a case that does not compile, since its cost would mean nothing', () => {
    expect(measure(() => "export const a: number = 'a'")?.faults).toEqual([
      "Type 'string' is not assignable to type 'number'.",
    ])
  })

  it('refuses a case that costs more than its limit, whatever is pinned', () => {
    expect(measure(pairs, 0)?.faults).toHaveLength(1)
    expect(measure(pairs, 1000)?.faults).toEqual([])
  })
})

describe('pins', () => {
  const cost = (marginal: number): Cost => ({ name: 'one', first: marginal, marginal, faults: [] })

  it.each([90, 100, 110])('hold within a tenth: %d for 100', (marginal) => {
    expect(comparePins([cost(marginal)], { one: 100 })).toEqual([])
  })

  it.each([89, 111])('fail beyond it, for better or worse: %d for 100', (marginal) => {
    expect(comparePins([cost(marginal)], { one: 100 })).toEqual([`one: one more costs ${marginal}, pinned at 100`])
  })

  it('fail for a case that has none, and for one whose case is gone', () => {
    expect(comparePins([cost(1)], { two: 1 })).toEqual(['one: not pinned', 'two: pinned, but there is no such case'])
  })
})
