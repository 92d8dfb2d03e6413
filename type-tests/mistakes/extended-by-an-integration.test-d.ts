// expected: ' is not assignable to type '
// code: definition_invalid
import { IntegrationDefinition } from 'plugboard'
import { plain } from '../fixtures/integrations.ts'

new IntegrationDefinition({ name: 'vendor' })
  // @ts-expect-error an integration is extended by an integration
  .extend(plain, () => ({ entities: {} }))
