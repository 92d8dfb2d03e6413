// expected: Property 'vendor' does not exist on type '{}'
// code: handler_failed at call
import { PluginImplementation } from 'plugboard'
import { greeter } from '../../fixtures/plugins.ts'

export const greeting = new PluginImplementation(greeter)
greeting.on.message('text', async ({ actions }) => {
  // @ts-expect-error a plugin calls what a bot has installed by its alias
  await actions.vendor.ping({})
})
