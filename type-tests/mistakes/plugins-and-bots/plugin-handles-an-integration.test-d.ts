// expected: is not assignable to type
import { PluginImplementation } from 'plugboard'
import { watcher } from '../../fixtures/parts.ts'

// @ts-expect-error an integration is implemented as a plugin
new PluginImplementation(watcher)
