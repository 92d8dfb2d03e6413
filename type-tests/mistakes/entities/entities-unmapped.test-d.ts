// expected: map the entities of interface 'llm': extend(…, ({ entities }) => ({ entities: { … } }))
// code: entity_unmapped at definition
import { IntegrationDefinition, z } from 'plugboard'
import { llm } from '../../fixtures/interfaces.ts'

new IntegrationDefinition({ name: 'vendor' })
  // @ts-expect-error an interface with entities is extended without a mapping
  .extend(llm)
