import { PlugboardError } from '../../errors/index.ts'
import type { Installation } from '../composition/installation.ts'

/** Characters that an identifier may have. */
const longest = 256

/** Whether a value can tell an installation from others. */
export const isIdentifier = (value: unknown): value is string =>
  typeof value === 'string' && value !== '' && value.length <= longest && value.isWellFormed() && !value.includes('\0')

/**
 * Refuses what is no identifier, and any of an integration that looks for none.
 * @throws {PlugboardError} with the code `identifier_invalid`.
 */
export function demandIdentifier({ alias, definition }: Installation, identifier: unknown): void {
  const fault =
    definition.identifier?.extractScript === undefined
      ? `integration '${definition.name}' declares no identifier.extractScript, which finds identifiers in requests`
      : identifier === null || isIdentifier(identifier)
        ? undefined
        : `the identifier of installation '${alias}' is no text of 1 to ${longest} characters; null takes it away`
  if (fault !== undefined)
    throw new PlugboardError({ code: 'identifier_invalid', message: fault, where: { integration: alias } })
}
