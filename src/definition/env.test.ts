import { expect, test } from 'vitest'
import { env } from 'plugboard'
import { EnvironmentValue } from './env.ts'
import { errorOf, loosely } from './problems-of.fixture.ts'

test('names a variable, which can be told from a plain value', () => {
  const value = env('OPENAI_API_KEY')
  expect(value.variable).toBe('OPENAI_API_KEY')
  expect(value).toBeInstanceOf(EnvironmentValue)
  expect(Object.isFrozen(value)).toBe(true)
  for (const plain of ['OPENAI_API_KEY', { variable: 'OPENAI_API_KEY' }, null, undefined])
    expect(plain instanceof EnvironmentValue).toBe(false)
})

test('is known when another copy of the package made it', () => {
  const foreign = Object.defineProperty({ variable: 'KEY' }, Symbol.for('plugboard.environment-value'), { value: true })
  expect(foreign).toBeInstanceOf(EnvironmentValue)
})

test.each([undefined, '', null, 5, {}])('%j names no variable', (variable) => {
  const error = errorOf(() => env(loosely(variable)))
  expect(error.code).toBe('definition_invalid')
  expect(error.problems).toEqual([
    {
      code: 'definition_invalid',
      path: 'env',
      message: 'no environment variable is named.',
      remedy: "Write env('OPENAI_API_KEY'), with the name of the variable.",
    },
  ])
})
