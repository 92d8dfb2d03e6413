import type { InterfaceDefinition, InterfaceTypes } from 'plugboard'
import type { Double } from './doubles/double-types.ts'
import type { SuiteOf } from './suite/run-suite.ts'
import type { SuiteOptions } from './suite/suite-options.ts'

/** An integration, installed so that it works: with what stands in for its platform. */
export type InstalledProvider = Pick<SuiteOptions, 'integration' | 'configuration' | 'configurationType'>

/** A suite with what it is run with. */
export interface SuiteSetUp extends SuiteOptions {
  /** What is under test, in a few words: `llm, asked for streams`. */
  readonly title: string
  readonly suite: SuiteOf<InterfaceTypes>
  /** The file of the report that travels with the package. */
  readonly report?: URL
}

/** An integration with what stands in for its platform: what `suite.fixture.ts` of its package starts. */
export interface SetUp {
  /** How plugins get it. */
  readonly provider: InstalledProvider
  /** By interface: how plugins get it that need this one, where something else stands in for that part of the platform. */
  readonly providers?: Readonly<Record<string, InstalledProvider>>
  /** How plugins get it as well, where it does the same in several ways: by another of its configurations. */
  readonly alternatives?: readonly InstalledProvider[]
  /** What it is held to. An interface may have several, of different situations. */
  readonly suites: readonly SuiteSetUp[]
  /** Stops what stands in for the platform. */
  stop(): Promise<void>
}

/** Something that a plugin does with any integration that meets one of its needs. */
export interface PluginScenario {
  /** What must be seen, in a sentence. */
  readonly title: string
  /** The name of the need. */
  readonly need: string
  /** Installs the plugin with the integration, and throws unless it is seen. */
  run(provider: InstalledProvider): Promise<void>
}

/**
 * What `addIntegration` takes to install an integration under the alias `provider`, typed as any one that implements an interface:
 * `.addIntegration(...asProvider(llm, provider))`.
 */
export function asProvider<I extends InterfaceTypes>(
  _: InterfaceDefinition<I>,
  { integration, ...installed }: InstalledProvider,
): [integration: Double<I, 'provider'>, options: { alias: 'provider' }] {
  return [integration as never, { configuration: {}, ...installed, alias: 'provider' }]
}

/** Sets up a suite of any contract, or of an interface, which means its schemas alone. */
export function suiteSetUp<I extends InterfaceTypes>(
  title: string,
  suite: SuiteOf<I>,
  options: SuiteOptions & Pick<SuiteSetUp, 'report'>,
): SuiteSetUp {
  // Whose types they are matters to scenarios alone, and these have been written.
  return { ...options, title, suite: suite as unknown as SuiteOf<InterfaceTypes> }
}
