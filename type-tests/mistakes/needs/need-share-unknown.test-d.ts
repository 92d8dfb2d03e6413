// expected: Type '"row"' is not assignable to type '"item"'
// code: entity_unknown at definition
import { need } from 'plugboard'
import { deletable, listable } from '../../fixtures/interfaces.ts'

// @ts-expect-error a need shares an entity that none of the interfaces has
need([listable, deletable], { share: 'row' })
