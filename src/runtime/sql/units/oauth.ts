import type { OAuthFlow } from '../../ports/oauth-store.ts'
import { row, run, type Unit, type UnitContext } from '../unit.ts'

export function* putFlow(
  { db, now }: UnitContext,
  { id, kind, alias, browser }: OAuthFlow,
  lifetime: number,
): Unit<void> {
  yield* run(
    db.deleteFrom('oauth_flows').where('expires_at', '<=', now),
    db.insertInto('oauth_flows').values({ id, kind, alias, browser: browser ?? null, expires_at: now + lifetime }),
  )
}

export function* takeFlow({ db, now }: UnitContext, id: string, kind: OAuthFlow['kind']): Unit<OAuthFlow | undefined> {
  const taken = yield* row(db.deleteFrom('oauth_flows').where('id', '=', id).where('kind', '=', kind).returningAll())
  if (!taken || taken.expires_at <= now) return undefined
  return { id, kind, alias: taken.alias, browser: taken.browser ?? undefined }
}
