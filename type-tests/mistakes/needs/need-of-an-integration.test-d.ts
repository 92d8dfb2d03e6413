// expected: Type '"integration"' is not assignable to type '"interface"'
// code: definition_invalid at definition
import { need } from 'plugboard'
import { plain } from '../../fixtures/integrations.ts'

// @ts-expect-error an integration is needed instead of an interface
need(plain)
