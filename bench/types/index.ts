import { median } from '../measure/rounds.ts'
import { number, table, verdict } from '../measure/table.ts'
import { botpressSources } from './botpress.ts'
import { compilers, type Compiler, type Cost } from './compilers.ts'
import { plugboardSources } from './plugboard.ts'
import { removeProjects, writeProject } from './project.ts'
import { scenarios, type Scenario, type SourceWriter } from './scenario.ts'

const quick = process.argv.includes('--quick')
const sizes = quick ? [1, 10] : [1, 10, 50, 100]
const [smallest, largest] = [sizes[0] ?? 1, sizes.at(-1) ?? 1]

/** How much steeper the last stretch may be than the first, to be called linear. */
const linear = 1.1

const sides: Record<'ours' | 'theirs', { name: string; sources: SourceWriter }> = {
  ours: { name: 'plugboard', sources: plugboardSources },
  theirs: { name: '@botpress/sdk', sources: botpressSources },
}
type Side = keyof typeof sides

/** The costs of a side in a scenario under a compiler: for each size, one for each round. */
type Costs = Map<number, Cost[]>

console.log('## Types\n')
console.log(
  'What one more integration costs the compiler: the slope between the sizes, so that what is paid once does not count.\n',
)

for (const compiler of quick ? compilers.slice(0, 1) : compilers) {
  const rows: string[][] = []
  for (const scenario of Object.keys(scenarios) as Scenario[]) {
    const measured = measure(compiler, scenario)
    rows.push(...report(scenario, measured))
  }
  console.log(`### ${compiler.name}\n`)
  console.log(
    `${table(
      ['each integration costs', 'instantiations', ...stretches(), 'check, ms', 'theirs to ours', 'aim', ''],
      rows,
    )}\n`,
  )
}
removeProjects()

/** Ten files are checked too fast for their time to say anything; and what has no aim is counted only. */
function isTimed(scenario: Scenario): boolean {
  return !quick && scenarios[scenario].aim !== undefined
}

/** Compiles both sides in turn, the ends of the range in every round, what lies between them once. */
function measure({ name, rounds: timed, check }: Compiler, scenario: Scenario): Record<Side, Costs> {
  const rounds = isTimed(scenario) ? timed : 1
  const costs: Record<Side, Costs> = { ours: new Map(), theirs: new Map() }
  for (let round = 0; round < rounds; round++) {
    for (const size of sizes) {
      if (round > 0 && size !== smallest && size !== largest) continue
      for (const side of Object.keys(sides) as Side[]) {
        const project = writeProject(`${scenario}-${side}-${size}`, sides[side].sources(scenario, size))
        const earlier = costs[side].get(size) ?? []
        costs[side].set(size, [...earlier, check(project)])
      }
    }
    console.error(`${name}, ${scenario}: round ${round + 1} of ${rounds}`)
  }
  return costs
}

function report(scenario: Scenario, measured: Record<Side, Costs>): string[][] {
  const { title, aim } = scenarios[scenario]
  const ours = marginal(measured.ours, instantiations, smallest, largest)
  const theirs = marginal(measured.theirs, instantiations, smallest, largest)
  const slopes = slopesOf(measured.ours)
  const straight = (slopes.at(-1) ?? 0) <= (slopes[0] ?? 0) * linear
  const cells = (side: Side, cost: number) => [
    number(cost, 0),
    ...slopesOf(measured[side]).map((slope) => number(slope, 0)),
    isTimed(scenario) ? number(marginal(measured[side], milliseconds, smallest, largest), 2) : '',
  ]
  return [
    [
      `${title}: ${sides.ours.name}`,
      ...cells('ours', ours),
      number(theirs / ours, 1),
      aim === undefined ? '' : `${number(aim, 0)}, linear`,
      aim === undefined ? '' : verdict(ours <= aim && straight),
    ],
    [`${title}: ${sides.theirs.name}`, ...cells('theirs', theirs), '', '', ''],
  ]
}

/** The headings of the stretches between two sizes. */
function stretches(): string[] {
  return sizes.slice(1).map((size, index) => `${sizes[index]} to ${size}`)
}

/** The marginal instantiations in each stretch. */
function slopesOf(costs: Costs): number[] {
  return sizes.slice(1).map((size, index) => marginal(costs, instantiations, sizes[index] ?? 0, size))
}

function marginal(costs: Costs, of: (cost: Cost) => number, from: number, to: number): number {
  const at = (size: number) => median((costs.get(size) ?? []).map(of))
  return (at(to) - at(from)) / (to - from)
}

function instantiations(cost: Cost): number {
  return cost.instantiations
}

function milliseconds(cost: Cost): number {
  return cost.milliseconds
}
