import type { Carrier, OfKind } from './members.ts'

/** Loads a module whose default export is the implementation of a definition: `() => import('./implementation.ts')`. */
export type Loader<TModule> = () => Promise<TModule>

/** `unknown`, or a sentence where a module has not the implementation of the definition with the record type `TTypes`. */
// A sentence of its own: the compiler compares functions, promises, modules and classes before it comes to the names that differ.
export type Implements<TModule, TKind extends 'integration' | 'plugin', TTypes extends { name: string }> = [
  TModule,
] extends [{ readonly default: OfKind<`${TKind}-implementation`, Pick<TTypes, 'name'>> & Carrier<TTypes> }]
  ? unknown
  : ImplementationProblem<TModule, TKind, TTypes['name']>

type ImplementationProblem<TModule, TKind extends 'integration' | 'plugin', TName extends string> = TModule extends {
  readonly default: infer TGiven
}
  ? TGiven extends OfKind<`${TKind}-implementation`, { name: infer TOther extends string }>
    ? `${TKind} '${TName}' is given the implementation of ${TOther extends TName ? 'another definition of this name' : `'${TOther}'`}`
    : `the default export is no ${Capitalize<TKind>}Implementation of '${TName}'`
  : `the module has no default export: write export default new ${Capitalize<TKind>}Implementation(…) there`

/** A definition that knows where its implementation is: what one installs. */
export type Packaged<TDefinition> = TDefinition & { readonly packaged: true }
/** `unknown`, or a sentence where a definition is installed that does not know it. */
export type Implemented<TPackaged> = [TPackaged] extends [true]
  ? unknown
  : 'nothing says where its code is: install what implementedBy() gives'

/** Loads what a contract suite found out: a module whose default export is its report. */
export type ReportLoader = () => Promise<{ readonly default: unknown }>

/** What travels with an integration beside its code. */
export interface PackageOptions {
  /** The reports of contract suites: `() => import('./conformance.json', { with: { type: 'json' } })`. */
  readonly reports?: readonly ReportLoader[]
}

// On the definition itself, by symbols that every copy of the package knows: an integration may have been declared with another one.
const loader = Symbol.for('plugboard.loader')
const sealed = Symbol.for('plugboard.sealed')
const reports = Symbol.for('plugboard.reports')
type Marked = {
  [loader]?: () => Promise<{ readonly default: unknown }>
  [sealed]?: boolean
  [reports]?: readonly ReportLoader[]
}

/** Ties a definition to its implementation and seals it. */
export function packageOf<TDefinition extends object>(
  definition: TDefinition,
  load: () => Promise<{ readonly default: unknown }>,
  options: PackageOptions = {},
): Packaged<TDefinition> {
  Object.defineProperty(definition, loader, { value: load, configurable: true })
  if (options.reports) Object.defineProperty(definition, reports, { value: options.reports, configurable: true })
  seal(definition)
  return definition as Packaged<TDefinition>
}

/** The function that loads the implementation of a definition; undefined where `implementedBy()` was not called. */
export function loaderOf(definition: object): (() => Promise<{ readonly default: unknown }>) | undefined {
  return (definition as Marked)[loader]
}

/** The reports of contract suites that travel with a definition, to be loaded. */
export function reportsOf(definition: object): readonly ReportLoader[] {
  return (definition as Marked)[reports] ?? []
}

/** From here on the definition cannot be extended. */
export function seal(definition: object): void {
  if (isSealed(definition)) return
  Object.defineProperty(definition, sealed, { value: true })
}

export function isSealed(definition: object): boolean {
  return (definition as Marked)[sealed] === true
}
