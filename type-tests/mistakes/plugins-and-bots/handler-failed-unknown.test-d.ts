// expected: Argument of type '"messages"' is not assignable to parameter of type '"message" | "event" | "stateExpired" | "workflowStart" | "workflowContinue" | "workflowTimeout" | "hooks" | "*"'
// code: handler_unknown at definition
import { PluginImplementation } from 'plugboard'
import { greeter } from '../../fixtures/plugins.ts'

export const greeting = new PluginImplementation(greeter)
// @ts-expect-error a plugin hears of failed handlers of what there is not
greeting.on.handlerFailed('messages', async () => {})
