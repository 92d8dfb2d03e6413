// expected: 'spell' does not exist
// code: handler_unknown at definition
import { PluginImplementation } from 'plugboard'
import { counter } from '../../fixtures/parts.ts'

export default new PluginImplementation(counter, {
  actions: {
    count: async () => ({ words: 1 }),
    // @ts-expect-error a plugin has a handler for an action that is not declared
    spell: async () => ({ words: 1 }),
  },
})
