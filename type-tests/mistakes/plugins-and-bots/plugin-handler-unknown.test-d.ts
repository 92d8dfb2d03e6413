// expected: 'spell' does not exist
// code: handler_unknown
import { PluginImplementation } from 'plugboard'
import { counter } from '../../fixtures/parts.ts'

new PluginImplementation(counter, {
  actions: {
    count: async () => ({ words: 1 }),
    // @ts-expect-error a plugin has a handler for an action that is not declared
    spell: async () => ({ words: 1 }),
  },
})
