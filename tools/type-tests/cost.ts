import { resolve } from 'node:path'
import { type Compiler, messageOf } from './compiler.ts'

/** Something whose cost to the type checker is pinned. */
export interface CostCase {
  /** A module with the measured thing `count` times over, different each time. It must compile. */
  source: (count: number) => string
  /** What one more may cost at most, in instantiations, whatever is pinned. Default: no such limit. */
  atMost?: number
}

export interface Cost {
  name: string
  /** Type instantiations of the module with one. */
  first: number
  /** Type instantiations that each further one adds, on average over ten. */
  marginal: number
  /** Whatever the pins say: an error of the compiler, or the limit exceeded. */
  faults: string[]
}

const further = 10

/** Measures each case. `folder` is where its imports resolve from. */
export function measureCosts(compiler: Compiler, folder: string, cases: Record<string, CostCase>): Cost[] {
  return Object.entries(cases).map(([name, { source, atMost }]) => {
    const one = count(source(1))
    const many = count(source(1 + further))
    const marginal = Math.round((many.instantiations - one.instantiations) / further)
    const faults = [...new Set([...one.faults, ...many.faults])]
    if (atMost !== undefined && marginal > atMost) faults.push(`one more costs ${marginal}, and may cost ${atMost}`)
    return { name, first: one.instantiations, marginal, faults }
  })

  function count(text: string): { instantiations: number; faults: string[] } {
    const path = resolve(folder, 'measured.ts')
    const program = compiler.program({ [path]: text })
    const file = program.getSourceFile(path)
    const diagnostics = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)]
    return { instantiations: program.getInstantiationCount(), faults: diagnostics.map(messageOf) }
  }
}

/** The pinned marginal cost of each case, by its name. */
export type Pins = Record<string, number>

const tolerance = 0.1

/** What the costs do not share with their pins, a sentence each. A gain is one too: it is pinned, so that it stays. */
export function comparePins(costs: Cost[], pins: Pins): string[] {
  const unpinned = costs.flatMap(({ name, marginal }) => {
    const pin = pins[name]
    if (pin === undefined) return [`${name}: not pinned`]
    const apart = Math.abs(marginal - pin) / Math.max(pin, 1)
    return apart > tolerance ? [`${name}: one more costs ${marginal}, pinned at ${pin}`] : []
  })
  const measured = new Set(costs.map(({ name }) => name))
  const left = Object.keys(pins).filter((name) => !measured.has(name))
  return [...unpinned, ...left.map((name) => `${name}: pinned, but there is no such case`)]
}
