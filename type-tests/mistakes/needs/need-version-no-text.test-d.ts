// expected: Type 'number' is not assignable to type 'string'
// code: version_invalid at definition
import { need } from 'plugboard'
import { llm } from '../../fixtures/interfaces.ts'

// @ts-expect-error the version of a need is a number
need(llm, { version: 1 })
