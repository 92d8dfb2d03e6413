import { existsSync, globSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import type { ImplementedInterface } from 'plugboard'
import type { PluginScenario, SetUp } from 'plugboard/testing'
import { root } from '../packages.ts'

/** An integration as its folder has it. */
export interface IntegrationPart {
  readonly name: string
  readonly interfaces: readonly ImplementedInterface[]
  /** Starts what stands in for its platform; undefined where the package does not say how. */
  readonly setUp: (() => Promise<SetUp>) | undefined
}

/** A plugin as its folder has it. */
export interface PluginPart {
  readonly name: string
  readonly needs: Readonly<Record<string, { readonly requirements: readonly Requirement[] }>>
  readonly scenarios: readonly PluginScenario[]
}
/** What a plugin requires of an integration. */
export interface Requirement {
  readonly interface: { readonly name: string }
  readonly version: string
  readonly capabilities: readonly string[]
}

/** The integrations, by name. */
export const findIntegrations = (): Promise<IntegrationPart[]> =>
  Promise.all(
    foldersOf('integrations').map(async (folder) => {
      const { interfaces } = await load<IntegrationPart>(`${folder}/index.ts`)
      const file = `${folder}/suite.fixture.ts`
      const setUp = existsSync(file) ? await load<() => Promise<SetUp>>(file) : undefined
      return { name: basename(folder), interfaces, setUp }
    }),
  )

/** The plugins, by name. */
export const findPlugins = (): Promise<PluginPart[]> =>
  Promise.all(
    foldersOf('plugins').map(async (folder) => {
      const { needs } = await load<PluginPart>(`${folder}/index.ts`)
      const file = `${folder}/scenario.fixture.ts`
      return { name: basename(folder), needs, scenarios: existsSync(file) ? await load<PluginScenario[]>(file) : [] }
    }),
  )

/** Whether more is known of an interface than its schemas. */
export const hasContract = (name: string): boolean => existsSync(resolve(root, `interfaces/${name}/contract.ts`))

const foldersOf = (kind: string): string[] =>
  globSync(`${kind}/*/index.ts`, { cwd: root })
    .map((path) => dirname(resolve(root, path)))
    .toSorted()

async function load<T>(file: string): Promise<T> {
  return ((await import(file)) as { default: T }).default
}
