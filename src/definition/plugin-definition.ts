import { type ConsumerData, readConsumer } from './consumer-data.ts'
import type { ConsumerProps, ConsumerTypes, ConsumerTypesOf, Needs } from './consumer.ts'
import { developmentVersion, type Head } from './members.ts'
import { type Implements, type Loader, type Packaged, packageOf } from './package.ts'
import type { ObjectSchema } from './schema.ts'
import { checkConsumer } from './validation/check-consumer.ts'

/** What a plugin declares. */
export type PluginProps<TNeeds, TConfiguration = ObjectSchema> = Head &
  ConsumerProps<TNeeds, TConfiguration> & {
    icon?: string
    readme?: string
    attributes?: Record<string, string>
    /** Whether a bot can give it actions to call, by `addPlugin(…, { tools: ['memory:createItem'] })`. Default: false. */
    takesTools?: boolean
  }

// The fields of a definition are those of its data: said once, in `consumer-data.ts`.
export interface Plugin<TTypes extends ConsumerTypes> extends ConsumerData<TTypes> {}
export class Plugin<TTypes extends ConsumerTypes> {
  /** For the compiler alone. */
  declare readonly $types: TTypes
  readonly kind = 'plugin'
  readonly version: string
  /** Whether a bot can give it actions to call. */
  readonly takesTools: boolean

  constructor(props: PluginProps<Needs>) {
    checkConsumer('plugin', props)
    Object.assign(this, readConsumer(props))
    this.version = props.version ?? developmentVersion
    this.takesTools = props.takesTools ?? false
  }

  /** Says where the implementation is: `export default definition.implementedBy(() => import('./implementation.ts'))`. Seals the definition. */
  implementedBy<TModule>(load: Loader<TModule> & Implements<TModule, 'plugin', TTypes>): Packaged<this> {
    return packageOf(this, load as never)
  }
}

/** A plugin: behaviour that needs interfaces, never an integration. */
export type PluginDefinition<TTypes extends ConsumerTypes = ConsumerTypes> = Plugin<TTypes>
/**
 * Declares a plugin.
 * @throws {DefinitionError} with the code `definition_invalid`, and everything that is wrong in `problems`.
 */
// A facade, so that the parameters that exist for inference never reach a reader.
export const PluginDefinition = Plugin as unknown as new <
  const TProps extends Head,
  TNeeds extends Needs = {},
  TConfiguration extends ObjectSchema = never,
>(
  props: TProps & PluginProps<TNeeds, TConfiguration>,
) => Plugin<ConsumerTypesOf<TProps>>
