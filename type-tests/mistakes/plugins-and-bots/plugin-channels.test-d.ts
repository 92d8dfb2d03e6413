// expected: the definition declares no actions
// code: handler_unknown
import { PluginImplementation } from 'plugboard'
import { greeter } from '../../fixtures/plugins.ts'

new PluginImplementation(greeter, {
  // @ts-expect-error a plugin handles a channel
  channels: { chat: { messages: {} } },
})
