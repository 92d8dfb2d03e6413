import type { Sealed, SealedSecret, SecretStore, WrappedKey } from '../../ports/secret-store.ts'
import type { Claim } from '../../ports/claim.ts'
import { hold } from './lanes.ts'
import { row, rows, run, type Unit, type UnitContext } from '../unit.ts'

export function* getSealed({ db }: UnitContext): Unit<Sealed> {
  const keys = yield* rows(db.selectFrom('secret_keys').select(['id', 'wrapped']).orderBy('id'))
  const secrets = yield* rows(db.selectFrom('secrets').selectAll().orderBy('owner').orderBy('name'))
  return {
    keys: keys.map(({ id, wrapped }) => ({ id, wrapped })),
    secrets: secrets.map(({ owner, name, sealed, updated_at }): SealedSecret => ({
      owner,
      name,
      sealed,
      updatedAt: new Date(updated_at).toISOString(),
    })),
  }
}

export function* addSecretKey({ db }: UnitContext, { id, wrapped }: WrappedKey): Unit<void> {
  yield* run(db.insertInto('secret_keys').values({ id, wrapped }))
}

export function* putSecret(
  context: UnitContext,
  { owner, name, sealed }: Parameters<SecretStore['putSecret']>[0],
  key: string,
  claim?: Claim,
): Unit<boolean> {
  if (claim) yield* hold(context, claim)
  if (!(yield* lockKeys(context)).includes(key)) return false
  const value = { sealed, updated_at: context.now }
  yield* run(
    context.db
      .insertInto('secrets')
      .values({ owner, name, ...value })
      .onConflict((conflict) => conflict.columns(['owner', 'name']).doUpdateSet(value)),
  )
  return true
}

export function* deleteSecret(context: UnitContext, owner: string, name: string): Unit<boolean> {
  yield* lockKeys(context)
  const statement = context.db.deleteFrom('secrets').where('owner', '=', owner).where('name', '=', name)
  return (yield* row(statement.returning('name'))) !== undefined
}

export function* replaceSealed(context: UnitContext, before: Sealed, after: Sealed): Unit<boolean> {
  const { db, now } = context
  yield* lockKeys(context)
  if (fingerprint(yield* getSealed(context)) !== fingerprint(before)) return false
  yield* run(db.deleteFrom('secret_keys'), db.deleteFrom('secrets'))
  for (const { id, wrapped } of after.keys) yield* run(db.insertInto('secret_keys').values({ id, wrapped }))
  for (const { owner, name, sealed } of after.secrets)
    yield* run(db.insertInto('secrets').values({ owner, name, sealed, updated_at: now }))
  return true
}

/** Keeps the keys what they are to the end of the unit: whoever changes a secret waits for whoever changes all of them. */
function* lockKeys({ db }: UnitContext): Unit<readonly string[]> {
  const locked = db
    .updateTable('secret_keys')
    .set(({ ref }) => ({ wrapped: ref('wrapped') }))
    .returning('id')
  return (yield* rows(locked)).map(({ id }) => id)
}

const fingerprint = ({ keys, secrets }: Sealed): string =>
  JSON.stringify([
    keys.map(({ id, wrapped }) => [id, wrapped]),
    secrets.map(({ owner, name, sealed }) => [owner, name, sealed]),
  ])
