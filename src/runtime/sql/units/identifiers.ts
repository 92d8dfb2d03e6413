import { PlugboardError } from '../../../errors/index.ts'
import type { InstallationStore } from '../../ports/installation-store.ts'
import { row, run, type Unit, type UnitContext } from '../unit.ts'
import { hold } from './lanes.ts'

export function* findIdentified(
  { db }: UnitContext,
  integration: string,
  identifier: string,
): Unit<string | undefined> {
  const found = yield* row(
    db
      .selectFrom('identifiers')
      .select('alias')
      .where('integration', '=', integration)
      .where('identifier', '=', identifier),
  )
  return found?.alias
}

export function* identify(
  context: UnitContext,
  ...[{ alias, integration }, identifier, claim]: Parameters<InstallationStore['identify']>
): Unit<void> {
  const { db, now } = context
  if (claim) yield* hold(context, claim)
  yield* freeIdentifier(context, alias)
  if (identifier === undefined) return
  const taken = yield* row(
    db
      .insertInto('identifiers')
      .values({ integration, identifier, alias, at: now })
      // Of two who ask at once the second waits for the first, and finds that it has it.
      .onConflict((conflict) =>
        conflict.columns(['integration', 'identifier']).doUpdateSet({ at: now }).where('identifiers.alias', '=', alias),
      )
      .returning('alias'),
  )
  if (taken) return
  const holder = yield* findIdentified(context, integration, identifier)
  throw new PlugboardError({
    code: 'identifier_taken',
    message: `installation '${alias}' of integration '${integration}' asks for the identifier that installation '${holder}' has`,
    where: { integration: alias },
  })
}

/** Lets others have the identifier of an installation. */
export function* freeIdentifier({ db }: UnitContext, alias: string): Unit<void> {
  yield* run(db.deleteFrom('identifiers').where('alias', '=', alias))
}
