// expected: Type 'string' is not assignable to type 'MessageContent'
// code: message_type_unknown at call
import { PluginImplementation } from 'plugboard'
import { greeter } from '../../fixtures/plugins.ts'

export const greeting = new PluginImplementation(greeter)
// @ts-expect-error a hook of messages gives back something else
greeting.on.beforeOutgoingMessage('*', async () => ({ data: 'stop' }))
