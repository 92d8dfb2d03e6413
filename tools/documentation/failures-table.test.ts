import { expect, test } from 'vitest'
import { conditions, type EvidenceOfOne } from './failure-evidence.ts'
import { failuresTable, type ReadReport } from './failures-table.ts'

const none = Object.fromEntries(Object.keys(conditions).map((name) => [name, 'calls nobody'])) as EvidenceOfOne
const report = (check: string, outcome = 'passed'): ReadReport => ({
  file: 'conformance.json',
  checks: [{ check, outcome }],
})
const row = (evidence: EvidenceOfOne, reports: readonly ReadReport[] = []): string =>
  failuresTable([{ name: 'x', evidence: { ...none, ...evidence }, reports }], () => "it('is told', …)").split('\n')[2]!

test('a cell leads to the test and to the report that show it, or says why there is none', () => {
  const shown = row({ wrongKey: ['x.test.ts', 'is told'] }, [report('situations/unauthorized')])
  expect(shown).toMatch(
    /^\| `x` \| \[test\]\(\.\.\/integrations\/x\/x\.test\.ts\), \[suite\]\(\.\.\/integrations\/x\/conformance\.json\) \| – calls nobody \|/,
  )
  expect(row({ wrongKey: ['src/y.test.ts', 'is told'] })).toContain('[test](../src/y.test.ts) |')
  const ofTwo = row({
    wrongKey: [
      ['a/x.test.ts', 'is told'],
      ['b/x.test.ts', 'is told'],
    ],
  })
  expect(ofTwo).toContain('[test](../integrations/x/a/x.test.ts), [test](../integrations/x/b/x.test.ts) |')
})

test('a check that did not pass shows nothing', () => {
  expect(row({}, [report('situations/unauthorized', 'skipped')])).not.toContain('suite')
})

test('a test that is not there is told, and so is what nothing shows', () => {
  expect(() => row({ wrongKey: ['x.test.ts', 'is not told'] })).toThrow("x.test.ts has no test 'is not told'")
  expect(() => failuresTable([{ name: 'x', evidence: {}, reports: [] }], () => '')).toThrow(
    "nothing shows 'replayed webhook' of 'x'",
  )
})
