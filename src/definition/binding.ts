import type { Policy } from './policy.ts'

/** An integration's alias, or the alias and which of its implementations of the interface, where there are two. */
export type Dependency = string | { readonly integrationAlias: string; readonly integrationInterfaceAlias: string }

/** What a need is bound to: one integration, or several in the order in which they are tried, and the policies of the calls. Plain data. */
export interface Binding<TDependency extends Dependency = Dependency> {
  /** The candidates, the first of which is used; the others only by `failover`. */
  readonly to: readonly TDependency[]
  /** The policies, outermost first. Of several candidates each has its own time-out. */
  readonly policies: readonly Policy[]
  /** Makes an entity that was stored under another integration one of this binding: by the other's alias, then by the entity's name. */
  readonly translate?: Translations
}

/** By the alias of the former integration, then by entity: a function from the former value to one of the bound integration. */
export type Translations = Readonly<Record<string, Readonly<Record<string, (value: never) => unknown>>>>

/** What can be written where a binding is asked for. */
export type BindingInput<TDependency extends Dependency = Dependency> = TDependency | Binding<TDependency>

/**
 * Binds a need to an integration, or to what `failover` gives, with policies for its calls, outermost first:
 * `bind(failover('anthropic', 'openai'), timeout(30_000), retry({ attempts: 3 }))`. A time-out is for each candidate alone.
 */
export function bind<const TDependency extends Dependency>(
  to: BindingInput<TDependency>,
  ...policies: readonly Policy[]
): Binding<TDependency> {
  const binding = bindingFrom(to)
  const inner = binding.policies ?? []
  // What is no list stays what it is: whoever is given the binding refuses it, and can say where.
  const all = Array.isArray(inner) ? Object.freeze([...policies, ...(inner as readonly Policy[])]) : inner
  return Object.freeze({ ...binding, policies: all })
}

/**
 * Several candidates in the order in which they are tried. The next one is called when one fails with a retryable error, or
 * its time-out is over, and the call can be repeated; a candidate that cannot take the entities of the input is skipped. A stream moves on only before its first item.
 */
export function failover<const TDependencies extends readonly Dependency[]>(
  ...to: TDependencies
): Binding<TDependencies[number]> {
  return Object.freeze({ to: Object.freeze(to), policies: Object.freeze([]) })
}

/** The binding that was written, in its full form. */
export function bindingFrom<TDependency extends Dependency>(input: BindingInput<TDependency>): Binding<TDependency> {
  return typeof input === 'object' && input !== null && 'to' in input
    ? input
    : Object.freeze({ to: Object.freeze([input]), policies: Object.freeze([]) })
}

/** The alias that a dependency names. */
export function aliasOf(dependency: Dependency): string {
  return typeof dependency === 'string' ? dependency : dependency.integrationAlias
}
