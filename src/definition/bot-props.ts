import type { BindingInput } from './binding.ts'
import type { ConsumerProps } from './consumer.ts'
import type { ObjectSchema } from './schema.ts'

/** What a bot declares of its own. */
export type BotProps<TNeeds, TConfiguration = ObjectSchema> = ConsumerProps<TNeeds, TConfiguration> & {
  /** Default: `bot`. */
  name?: string
  version?: string
  title?: string
  description?: string
  /** What an interface is bound to where nothing else is said, by the interface's name. */
  defaults?: Record<string, BindingInput>
}
