// expected: the definition declares no actions
// code: handler_unknown at definition
import { PluginImplementation } from 'plugboard'
import { greeter } from '../../fixtures/plugins.ts'

export default new PluginImplementation(greeter, {
  // @ts-expect-error a plugin handles a channel
  channels: { chat: { messages: {} } },
})
