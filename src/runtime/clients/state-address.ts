import { PlugboardError, type Where } from '../../errors/index.ts'
import type { StateKey } from '../../implementation/integration-client.ts'
import type { StateAddress } from '../ports/record-store.ts'

/**
 * Where a state is kept.
 * @throws {PlugboardError} with the code `state_invalid`, if it belongs to a conversation or user and none is given: all would share one;
 * or if it is said to belong to something else than its definition says.
 */
export function addressOf(
  owner: string,
  { name, type: said, id }: StateKey<string>,
  type: string,
  where: Where,
): StateAddress {
  if (said !== undefined && said !== type)
    throw new PlugboardError({
      code: 'state_invalid',
      message: `the state '${name}' of '${owner}' is declared as one of a ${type}, not of a ${said}`,
      where,
    })
  if (type === 'bot' || type === 'integration') return { owner, name, type, id: '' }
  if (id === undefined || id === '')
    throw new PlugboardError({
      code: 'state_invalid',
      message: `the state '${name}' of '${owner}' belongs to a ${type}: say to which, by its \`id\``,
      where,
    })
  return { owner, name, type, id }
}

/** Whether both say the same place. */
export function isSameState(one: StateAddress, other: StateAddress): boolean {
  return one.owner === other.owner && one.name === other.name && one.type === other.type && one.id === other.id
}
