// expected: Type '"integration"' is not assignable to type '"interface"'
// code: definition_invalid at definition
import { IntegrationDefinition } from 'plugboard'
import { plain } from '../../fixtures/integrations.ts'

new IntegrationDefinition({ name: 'vendor' })
  // @ts-expect-error an integration is extended by an integration
  .extend(plain, () => ({ entities: {} }))
