// expected: Type '"entity_lost"' is not assignable to type
import { PlugboardError } from 'plugboard'

// @ts-expect-error codes are a closed list
new PlugboardError({ code: 'entity_lost', message: 'no such code' })
