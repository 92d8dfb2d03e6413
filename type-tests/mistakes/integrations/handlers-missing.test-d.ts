// expected: Property 'actions' is missing in type '{ register: () => Promise<void>; }'
// code: handler_missing at definition
import { IntegrationImplementation } from 'plugboard'
import { pinger } from '../../fixtures/parts.ts'

export default new IntegrationImplementation(
  pinger, // @ts-expect-error the handlers of actions are left out
  { register: async () => {} },
)
