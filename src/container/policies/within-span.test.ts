import { expect, test } from 'vitest'
import { withinSpan } from './within-span.ts'

test.each([
  [86_400_000, 'within a day'],
  [604_800_000, 'within 7 days'],
  [3_600_000, 'within an hour'],
  [5_400_000, 'within 90 minutes'],
  [1_000, 'within a second'],
  [1_500, 'within 1500 ms'],
])('a span of %d milliseconds is told in the largest unit that says it exactly', (milliseconds, words) => {
  expect(withinSpan(milliseconds)).toBe(words)
})
