// expected: Type '"telepathy"' is not assignable to type '"stream" | "tools"'
// code: capability_unknown at definition
import { need } from 'plugboard'
import { llm } from '../../fixtures/interfaces.ts'

// @ts-expect-error a need requires a capability that the interface does not declare
need(llm, { capabilities: ['telepathy'] })
