// expected: Property 'beforeMessage' does not exist
import { PluginImplementation } from 'plugboard'
import { greeter } from '../../fixtures/plugins.ts'

const greeting = new PluginImplementation(greeter)
// @ts-expect-error a plugin registers a hook that there is not
greeting.on.beforeMessage('*', async () => {})
