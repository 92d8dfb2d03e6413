import type { StoredInstallation } from '../../ports/installation-store.ts'
import type { Claim } from '../../ports/claim.ts'
import type { Tables } from '../tables.ts'
import { row, rows, run, type Unit, type UnitContext } from '../unit.ts'
import { freeIdentifier } from './identifiers.ts'
import { hold } from './lanes.ts'

export function* listInstallations({ db }: UnitContext): Unit<readonly StoredInstallation[]> {
  return (yield* rows(db.selectFrom('installations').selectAll().orderBy('alias'))).map(installationFrom)
}

export function* getInstallation({ db }: UnitContext, alias: string): Unit<StoredInstallation | undefined> {
  const found = yield* row(db.selectFrom('installations').selectAll().where('alias', '=', alias))
  return found && installationFrom(found)
}

export function* saveInstallation(
  context: UnitContext,
  claim: Claim,
  installation: Omit<StoredInstallation, 'at'>,
): Unit<void> {
  const { db, now } = context
  yield* hold(context, claim)
  const { alias, integration, version, fingerprint, status, attempts, failure } = installation
  const values = {
    integration,
    version,
    fingerprint,
    status,
    attempts,
    configuration_type: installation.configurationType ?? null,
    webhook_url: installation.webhookUrl,
    registered: installation.registered ?? null,
    code: failure?.code ?? null,
    message: failure?.message ?? null,
    retry_at: installation.retryAt,
    at: now,
  }
  yield* run(
    db
      .insertInto('installations')
      .values({ alias, ...values })
      .onConflict((conflict) => conflict.column('alias').doUpdateSet(values)),
  )
}

export function* removeInstallation(context: UnitContext, claim: Claim, alias: string): Unit<void> {
  yield* hold(context, claim)
  yield* freeIdentifier(context, alias)
  yield* run(context.db.deleteFrom('installations').where('alias', '=', alias))
}

function installationFrom({
  configuration_type: configurationType,
  webhook_url: webhookUrl,
  retry_at: retryAt,
  registered,
  code,
  message,
  ...rest
}: Tables['installations']): StoredInstallation {
  return {
    ...rest,
    configurationType: configurationType ?? undefined,
    webhookUrl,
    registered: registered ?? undefined,
    failure: code === null ? undefined : { code, message: message ?? '' },
    retryAt,
  }
}
