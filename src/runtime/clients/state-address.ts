import { PlugboardError, type Where } from '../../errors/index.ts'
import type { StateAddress } from '../ports/record-store.ts'

/**
 * Where a state is kept.
 * @throws {PlugboardError} with the code `state_invalid`, if it belongs to a conversation or user and none is given: all would share one.
 */
export function addressOf(
  owner: string,
  { name, type, id }: { readonly name: string; readonly type: string; readonly id: string | undefined },
  where: Where,
): StateAddress {
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
