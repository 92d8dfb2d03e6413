import type { InterfaceDefinition, InterfaceTypes } from 'plugboard'
import { doubleOf, wellBehaved } from './double.ts'
import type { Double, DoubleOptions } from './double-types.ts'

/**
 * A conforming integration made from the schemas of an interface: for tests of what is built on the interface. The same
 * input gets the same output, every time and in every process.
 */
export function fake<I extends InterfaceTypes, const TName extends string = `fake-${I['name']}`>(
  base: InterfaceDefinition<I>,
  options: DoubleOptions<I, TName> = {},
): Double<I, TName> {
  return doubleOf(base, options, 'fake', wellBehaved)
}
