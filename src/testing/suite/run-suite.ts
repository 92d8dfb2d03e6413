import type { ConformanceReport, InterfaceDefinition, InterfaceTypes } from 'plugboard'
import { type Contract, defineContract } from '../contract.ts'
import type { SuiteOptions } from './suite-options.ts'
import { SuiteRun } from './suite-run.ts'

/** What a suite is of: a contract, or an interface, which means its schemas alone. */
export type SuiteOf<I extends InterfaceTypes> = Contract<I> | InterfaceDefinition<I>

/**
 * Holds an integration to what an interface promises, and says of each promise what became of it. Throws nothing for one
 * that is broken: that is what the report is for.
 * @throws {PlugboardError} with the code `binding_interface` or `binding_version`, if the integration does not implement the interface.
 */
export async function runSuite<I extends InterfaceTypes>(
  suite: SuiteOf<I>,
  options: SuiteOptions,
): Promise<ConformanceReport> {
  return suiteRun(suite, options).report()
}

/** A run of a suite that has not begun. */
export function suiteRun<I extends InterfaceTypes>(suite: SuiteOf<I>, options: SuiteOptions): SuiteRun {
  const contract = suite.kind === 'contract' ? suite : defineContract(suite)
  return new SuiteRun(contract as unknown as Contract, options)
}
