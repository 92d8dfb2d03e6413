import type { Carrier, OfKind } from './members.ts'

/** A module whose default export is the implementation of a definition with the record type `TTypes`. */
// The kind and the name stand first: another implementation is refused by these, not by some difference deep inside.
export type Loader<TKind extends 'integration' | 'plugin', TTypes extends { name: string }> = () => Promise<{
  readonly default: OfKind<`${TKind}-implementation`, Pick<TTypes, 'name'>> & Carrier<TTypes>
}>

/** A definition that knows where its implementation is: what one installs. */
export type Packaged<TDefinition> = TDefinition & { readonly packaged: true }

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
