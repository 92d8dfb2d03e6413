import { describe, expect, it } from 'vitest'
import { codeOf, compareCode } from './promised-code.ts'
import type { Refusal } from './rehearse.ts'

const refusal: Refusal = { moment: 'start', codes: ['alias_taken', 'binding_missing'], messages: [] }
const head = (...lines: string[]) => [...lines, "import { z } from 'plugboard'", ''].join('\n')

describe('the comment that promises a code', () => {
  it('names every code and the moment', () => {
    expect(codeOf(refusal)).toBe('alias_taken, binding_missing at start')
  })

  it('holds where it says what happens, and where neither says anything', () => {
    expect(compareCode(head('// expected: no', '// code: alias_taken, binding_missing at start'), refusal)).toEqual([])
    expect(compareCode(head('// expected: no'), undefined)).toEqual([])
  })

  it.each([
    ['another code', '// code: alias_unknown at start', refusal, 'but it is `alias_taken, binding_missing at start`'],
    ['another moment', '// code: alias_taken, binding_missing at call', refusal, 'but it is `alias_taken'],
    ['a refusal where there is none', '// code: alias_taken at start', undefined, 'but nothing is refused'],
    ['no refusal where there is one', '// types only', refusal, 'Write // code: alias_taken, binding_missing at start'],
  ])('fails where it promises %s', (_, line, actual, fault) => {
    expect(compareCode(head('// expected: no', line), actual)).toEqual([expect.stringContaining(fault)])
  })

  it('stands at the head of the file: further down it promises nothing', () => {
    expect(compareCode(`${head('// expected: no')}// code: alias_taken at start\n`, undefined)).toEqual([])
  })
})
