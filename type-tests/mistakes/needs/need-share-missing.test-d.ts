// expected: say which entity the interfaces share: need([…], { share: '…' })
// code: entity_unmapped at definition
import { need } from 'plugboard'
import { deletable, listable } from '../../fixtures/interfaces.ts'

// @ts-expect-error a need of two interfaces does not say which entity they share
need([listable, deletable])
