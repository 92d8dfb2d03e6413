import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createCompiler } from './compiler.ts'
import { checkMistakes } from './mistakes.ts'

const compiler = createCompiler()
const path = resolve(import.meta.dirname, 'mistake.test-d.ts')
const check = (...lines: string[]) => checkMistakes(compiler, { [path]: lines.join('\n') })[0]

const wrong = ['// @ts-expect-error a string is no number', "export const size: number = 'three'"]

describe('a mistake', () => {
  it('holds when the compiler says what it promises', () => {
    const mistake = check("// expected: Type 'string' is not assignable to type 'number'", ...wrong)
    expect(mistake?.faults).toEqual([])
    expect(mistake?.messages).toHaveLength(1)
  })

  it('may promise several sentences', () => {
    const lines = ["// expected: Type 'string'", "// expected: Type 'boolean'", ...wrong]
    expect(check(...lines)?.faults).toEqual(["no error says: Type 'boolean'"])
  })

  it('may promise the texts of a union in another order than the compiler, which writes them as it met them', () => {
    const text = "export const size: 'small' | 'large' = 'medium'"
    const lines = [`// expected: Type '"medium"' is not assignable to type '"large" | "small"'`, wrong[0]!, text]
    expect(check(...lines)?.faults).toEqual([])
  })

  it('fails when the compiler says something else', () => {
    const mistake = check('// expected: name is missing', ...wrong)
    expect(mistake?.faults).toEqual(['no error says: name is missing'])
  })

  it('fails when it promises nothing', () => {
    expect(check(...wrong)?.faults).toEqual(['its first line is no comment `// expected: <what the author must read>`'])
  })

  it('fails when nothing is wrong in it', () => {
    const mistake = check('// expected: anything', '// @ts-expect-error nothing', 'export const size = 3')
    expect(mistake?.faults).toEqual(['the compiler finds nothing wrong in it', 'no error says: anything'])
  })

  it('fails when it expects no error where it makes one', () => {
    expect(check("// expected: Type 'string'", "export const size: number = 'three'")?.faults).toEqual([
      'it has no @ts-expect-error',
    ])
  })
})
