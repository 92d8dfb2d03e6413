// expected: Property 'beforeMessage' does not exist
// code: TypeError at definition
import { PluginImplementation } from 'plugboard'
import { greeter } from '../../fixtures/plugins.ts'

export const greeting = new PluginImplementation(greeter)
// @ts-expect-error a plugin registers a hook that there is not
greeting.on.beforeMessage('*', async () => {})
