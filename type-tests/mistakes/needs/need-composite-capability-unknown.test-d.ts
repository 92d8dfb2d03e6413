// expected: no capability is declared
// code: capability_unknown at definition
import { need } from 'plugboard'
import { deletable, listable } from '../../fixtures/interfaces.ts'

// @ts-expect-error a composite need requires a capability that none of the interfaces declares
need([listable, deletable], { share: 'item', capabilities: ['stream'] })
