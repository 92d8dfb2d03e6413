import * as fc from 'fast-check'
import semver from 'semver'
import { expect, test } from 'vitest'
import { isValidRange, satisfies } from 'verkit/range'
import { normalize } from 'verkit/version'

// What authors know is npm's judgement of versions and ranges, so npm's own library is the measure.

/** Another seed finds other texts: FAST_CHECK_SEED=$RANDOM FAST_CHECK_RUNS=100000 npx vitest run versions.property */
const settings = {
  seed: Number(process.env['FAST_CHECK_SEED'] ?? 1),
  numRuns: Number(process.env['FAST_CHECK_RUNS'] ?? 3000),
}

const released = fc.tuple(fc.nat(3), fc.nat(12), fc.nat(3)).map(([major, minor, patch]) => `${major}.${minor}.${patch}`)
const wrong = fc.constantFrom('-01', '-', '.', '!', ' ', '..')
const suffix = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom('', '', '', '-dev', '-0', '-beta.1', '-rc.10', '+build.7', '-beta.1+build') },
  wrong,
)
const version = fc.tuple(released, suffix).map((parts) => parts.join(''))

const part = fc.constantFrom('0', '1', '2', '10', 'x', 'X', '*', '01')
const partial = fc
  .tuple(fc.array(part, { minLength: 1, maxLength: 4 }), suffix)
  .map(([parts, after]) => parts.join('.') + after)
const comparator = fc
  .tuple(
    fc.constantFrom('', '^', '~', '>', '>=', '<', '<=', '=', '~>', 'v'),
    fc.constantFrom('', '', ' '),
    fc.oneof({ weight: 3, arbitrary: version }, partial),
  )
  .map((parts) => parts.join(''))
const range = fc
  .array(fc.tuple(comparator, fc.constantFrom(' ', '  ', ' || ', ' || ', '||', ' - ', ',')), {
    minLength: 1,
    maxLength: 3,
  })
  .map((comparators) => comparators.flat().slice(0, -1).join(''))

const text = fc.oneof(version, partial, range, fc.string())

test('what is a version is what npm says', () => {
  fc.assert(
    fc.property(text, (given) => {
      expect(normalize(given)).toBe(semver.valid(given))
    }),
    settings,
  )
})

test('what is a range is what npm says', () => {
  fc.assert(
    fc.property(text, (given) => {
      expect(isValidRange(given)).toBe(semver.validRange(given) !== null)
    }),
    settings,
  )
})

test('which versions a range accepts is what npm says', () => {
  let accepted = 0
  fc.assert(
    fc.property(
      fc.oneof({ weight: 4, arbitrary: version }, text),
      fc.oneof({ weight: 4, arbitrary: range }, text),
      (given, wanted) => {
        const expected = semver.satisfies(given, wanted, { includePrerelease: true })
        expect(satisfies(given, wanted, { includePrerelease: true })).toBe(expected)
        if (expected) accepted += 1
      },
    ),
    settings,
  )
  // Where all is refused, nothing is judged.
  expect(accepted / settings.numRuns).toBeGreaterThan(0.05)
})

test.each([
  ['a version that is too long', '1.2.3'.padEnd(300, '0')],
  ['a number that is too large', `^${'1'.repeat(17)}.0.0`],
  ['a version between blanks', ' 1.2.3 '],
  ['a range between tabs and lines', '\t^1.2.3\n'],
  ['nothing', ''],
])('%s is judged as npm judges it', (_, given) => {
  expect(normalize(given)).toBe(semver.valid(given))
  expect(isValidRange(given)).toBe(semver.validRange(given) !== null)
})
