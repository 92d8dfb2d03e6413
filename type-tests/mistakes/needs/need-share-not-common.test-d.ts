// expected: Type '"item"' is not assignable to type '"the interfaces have no entity of one name"'
// code: entity_unknown at definition
import { need } from 'plugboard'
import { listable, llm } from '../../fixtures/interfaces.ts'

// @ts-expect-error a need shares an entity that not all of the interfaces have
need([listable, llm], { share: 'item' })
