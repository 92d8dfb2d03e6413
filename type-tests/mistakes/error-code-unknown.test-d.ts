// expected: Type '"entity_lost"' is not assignable to type '"timeout" | "definition_invalid" | "definition_sealed" | "name_invalid"
import { PlugboardError } from 'plugboard'

// @ts-expect-error codes are a closed list
new PlugboardError({ code: 'entity_lost', message: 'no such code' })
