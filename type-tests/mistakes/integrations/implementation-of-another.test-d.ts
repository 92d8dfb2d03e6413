// expected: integration 'pinger' is given the implementation of 'chatter'
// code: implementation_missing at start
import { IntegrationImplementation } from 'plugboard'
import { chatter, pinger } from '../../fixtures/parts.ts'

const implementation = new IntegrationImplementation(chatter, {
  channels: { direct: { messages: { text: async () => {} } } },
})
// @ts-expect-error the package of a definition loads the implementation of another
export default pinger.implementedBy(async () => ({ default: implementation }))
