// expected: Property 'name' is missing in type '{ version: string; }' but required in type 'Head'
// code: name_invalid at definition
import { PluginDefinition } from 'plugboard'

// @ts-expect-error a definition has no name
new PluginDefinition({ version: '1.0.0' })
