// expected: Property 'oauth' is missing in type '{}'
// code: handler_missing at definition
import { IntegrationDefinition, IntegrationImplementation } from 'plugboard'

const cloud = new IntegrationDefinition({
  name: 'cloud',
  oauth: { authorizationUrl: 'https://cloud.test/authorize', tokenUrl: 'https://cloud.test/token' },
})

// @ts-expect-error nothing says as which client access is asked for
export default new IntegrationImplementation(cloud, {})
