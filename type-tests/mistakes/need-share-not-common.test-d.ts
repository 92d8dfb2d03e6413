// expected: ' is not assignable to type '
// code: entity_unknown
import { need } from 'plugboard'
import { listable, llm } from '../fixtures/interfaces.ts'

// @ts-expect-error a need shares an entity that not all of the interfaces have
need([listable, llm], { share: 'item' })
