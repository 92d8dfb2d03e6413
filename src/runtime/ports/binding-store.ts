import type { Binding } from '../../definition/binding.ts'

/** What a need was bound to while the bot ran. */
export interface StoredBinding {
  /** The alias of the plugin; `bot` for the bot's own. */
  readonly consumer: string
  readonly need: string
  /** Undefined if it was taken back: then the need is bound as the bot says. */
  readonly binding: Binding | undefined
  /** Counts up with every change of the need. */
  readonly generation: number
}

/** The bindings that were set while the bot ran: they outlive the process, and every process of the bot follows them. */
export interface BindingStore {
  listBindings(): Promise<readonly StoredBinding[]>
  /** Keeps a binding, or takes it back. Gives its generation. */
  setBinding(consumer: string, need: string, binding: Binding | undefined): Promise<number>
}
