import { describe, expect, it } from 'vitest'
import { evaluate, findExpression, shownNumber } from './arithmetic.ts'

describe('evaluate', () => {
  it.each([
    ['1 + 2 * 3', 7],
    ['(1 + 2) * 3', 9],
    ['8 / 4 / 2', 1],
    ['8 - 4 - 2', 2],
    ['-3 + 5', 2],
    ['2 * -3', -6],
    ['-(2 + 3)', -5],
    ['.5 * 4', 2],
    ['1.5e3 + 1', 1501],
    ['((((7))))', 7],
  ])('gives the value of %s', (expression, value) => expect(evaluate(expression)).toBe(value))

  it.each(['', '1 +', '* 2', '(1 + 2', '1 + 2)', '1 2', '2 ** 3', '1..2', 'a + 1', 'constructor', '1; 2'])(
    'gives nothing for what is no sum: %j',
    (expression) => expect(evaluate(expression)).toBeUndefined(),
  )

  it('is not finite where it divides by zero, however deep', () => {
    expect(evaluate('1 / 0')).toBe(Infinity)
    expect(Number.isFinite(evaluate('2 + 1 / (3 - 3)'))).toBe(false)
    expect(Number.isFinite(evaluate('0 / 0'))).toBe(false)
  })

  it('leaves very long sums alone', () => {
    expect(evaluate(`${'('.repeat(100_000)}1${')'.repeat(100_000)}`)).toBeUndefined()
    expect(evaluate(Array.from({ length: 200 }, () => '1').join(' + '))).toBe(200)
  })
})

describe('findExpression', () => {
  it.each([
    ['What is 2 + 3 * (4 - 1)?', '2 + 3 * (4 - 1)'],
    ['2+2', '2 + 2'],
    ['12/5 =', '12 / 5'],
    ['how much is two plus two', '2 + 2'],
    ['calculate 1,000 times 3', '1000 * 3'],
    ['what is 15% of 80?', '15 / 100 * 80'],
    ['What is 9 divided by 3, please?', '9 / 3'],
    ['3 x 4', '3 * 4'],
    ['6 ÷ 2 − 1', '6 / 2 - 1'],
    ['what is -3 + 5?', '-3 + 5'],
  ])('finds the sum in %j', (text, expression) => expect(findExpression(text)).toBe(expression))

  it.each([
    'I work 24/7',
    '2024-05-01',
    'call 555-0123',
    'room 12',
    'what is 7?',
    'what is (1 + 2?',
    'one thing',
    'version 1.2-3 is out',
  ])('finds none in %j', (text) => expect(findExpression(text)).toBeUndefined())

  it.each([
    ['times 3', '11 * 3'],
    ['and minus 4?', '11 - 4'],
    ['/ (2 + 1)', '11 / (2 + 1)'],
  ])('goes on from the last result with %j', (text, expression) => {
    expect(findExpression(text, '11')).toBe(expression)
    expect(findExpression(text)).toBeUndefined()
  })
})

it('shows a number without the noise of its binary form', () => {
  expect(shownNumber(0.1 + 0.2)).toBe('0.3')
  expect(shownNumber(1 / 3)).toBe('0.333333333333')
  expect(shownNumber(-0)).toBe('0')
})
