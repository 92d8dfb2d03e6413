import type { PlantedBug } from './simulated-world.fixture.ts'

const isFence = (sql: string): boolean => sql.startsWith('update "lanes" set "claims"')

/** Bugs that a durable runtime can have, each of which the simulation must find. */
export const plantedBugs: readonly PlantedBug[] = [
  {
    name: 'deliveries are not deduplicated',
    given: ([delivery, ...rest], unit) =>
      unit === 'receive' ? [{ ...(delivery as object), key: undefined }, ...rest] : [delivery, ...rest],
    statement: (sql, unit) => (unit === 'hasDelivery' ? [] : sql),
  },
  {
    name: 'what comes in is stored outside of the transaction that notes its delivery',
    commitsBefore: (sql, unit) => unit === 'receive' && sql.startsWith('update "conversations"'),
  },
  {
    name: 'a delivery is acknowledged before it is stored',
    tooEarly: (unit) => unit === 'receive',
  },
  {
    name: 'a process that was taken for dead is not shut out',
    statement: (sql) => (isFence(sql) ? [{ lane: 'any' }] : sql),
  },
  {
    name: 'the order is any, not that of the sequence',
    // Ids begin with the time, and end with what is random.
    statement: (sql) =>
      sql.includes('from "inbox"') ? sql.replace('order by "sequence"', 'order by substr("id", 25)') : sql,
  },
  {
    name: 'what a handler did is stored after it is noted as finished',
    commitsBefore: (sql, unit) => unit === 'finishLastHandler' && sql.startsWith('update "conversations"'),
  },
  {
    name: 'what a handler did is stored after it is noted as finished, where others follow',
    commitsBefore: (sql, unit) => unit === 'finishHandler' && sql.startsWith('update "conversations"'),
  },
  {
    name: 'that a handler is finished is not noted',
    statement: (sql, unit) => (unit === 'finishHandler' && sql.startsWith('update "inbox"') ? [] : sql),
  },
  {
    name: 'every attempt to send has a key of its own',
    idempotencyKey: (key, random) => `${key}/${random()}`,
  },
  {
    name: 'the lanes of the dead are never taken over',
    statement: (sql, unit) =>
      unit === 'take'
        ? sql.replace('"lanes"."worker" not in', '"lanes"."worker" is null and "lanes"."worker" not in')
        : sql,
  },
  {
    name: 'numbers are given without a lock, so that two of one conversation are the same',
    statement: (sql, unit) =>
      unit === 'receive' && sql.startsWith('update "conversations"')
        ? sql.replace('"last_sequence" + ?', '"last_sequence" + 0 * ?')
        : sql,
  },
]
