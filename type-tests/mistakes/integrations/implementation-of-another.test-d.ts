// expected: is not assignable to type
import { IntegrationImplementation } from 'plugboard'
import { chatter, pinger } from '../../fixtures/parts.ts'

const implementation = new IntegrationImplementation(chatter, {
  channels: { direct: { messages: { text: async () => {} } } },
})
// @ts-expect-error the package of a definition loads the implementation of another
pinger.implementedBy(async () => ({ default: implementation }))
