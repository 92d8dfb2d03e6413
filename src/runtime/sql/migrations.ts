import { PlugboardError } from '../../errors/index.ts'

/** A step of the schema's history: never changed once it was released. */
export interface Migration {
  readonly name: string
  readonly statements: readonly string[]
}

/** The history of the schema, the oldest first. `bigint` and `blob` are written in each database's own way. */
export const migrations: readonly Migration[] = [
  {
    name: '0001-conversations',
    statements: [
      `create table users (
        id text primary key, owner text not null, identity text, tags text not null, name text, picture_url text,
        created_at bigint not null, updated_at bigint not null, unique (owner, identity))`,
      `create table conversations (
        id text primary key, integration text not null, channel text not null, identity text, tags text not null,
        last_sequence bigint not null, created_at bigint not null, updated_at bigint not null,
        unique (integration, channel, identity))`,
      `create table messages (
        id text primary key, conversation_id text not null, sequence bigint not null, user_id text not null,
        direction text not null, type text not null, payload text not null, tags text not null,
        created_at text not null, unsent integer not null)`,
      `create unique index messages_in_order on messages (conversation_id, sequence)`,
      `create table events (
        id text primary key, type text not null, payload text not null, conversation_id text, user_id text,
        message_id text, created_at text not null)`,
      `create table tags (
        kind text not null, id text not null, name text not null, value text not null, primary key (kind, id, name))`,
      `create index tags_by_value on tags (kind, name, value)`,
      `create table states (
        owner text not null, type text not null, name text not null, id text not null, payload text not null,
        expires_at bigint, primary key (owner, type, name, id))`,
      `create index states_that_expire on states (expires_at) where expires_at is not null`,
      `create table deliveries (key text primary key, at bigint not null)`,
      `create index deliveries_by_time on deliveries (at)`,
      `create table inbox (
        id text primary key, lane text not null, sequence bigint not null, origin text not null, kind text not null,
        record text not null, "only" text, finished text not null, attempts integer not null, not_before bigint not null,
        at bigint not null, trace text)`,
      `create unique index inbox_in_order on inbox (lane, sequence)`,
      `create table outbox (
        id text primary key, lane text not null, sequence bigint not null, finished text not null,
        attempts integer not null, not_before bigint not null, state text not null, at bigint not null, trace text)`,
      `create unique index outbox_in_order on outbox (lane, sequence)`,
      `create table lanes (lane text primary key, token text not null, worker text not null, claims integer not null)`,
      `create table workers (id text primary key, until bigint not null)`,
      `create table steps (
        item text not null, handler text not null, name text not null, result text, primary key (item, handler, name))`,
      `create table bindings (
        consumer text not null, need text not null, binding text, generation bigint not null, at bigint not null,
        primary key (consumer, need))`,
      `create table installations (
        alias text primary key, integration text not null, version text not null, configuration_type text,
        fingerprint text not null, webhook_url text not null, status text not null, registered text, code text,
        message text, attempts integer not null, retry_at bigint not null, at bigint not null)`,
      `create table dead_letters (
        id text primary key, lane text not null, handler text not null, item text not null, code text not null,
        message text not null, at text not null)`,
    ],
  },
  {
    name: '0002-data',
    statements: [
      `create index users_in_order on users (owner, id)`,
      `create index conversations_in_order on conversations (integration, id)`,
      `create index events_in_conversations on events (conversation_id, id) where conversation_id is not null`,
      `create index events_by_type on events (type, id)`,
      // SQLite keeps what it does not know, such as jsonb, as it is given.
      `create table table_rows (
        id text primary key, owner text not null, table_name text not null, data jsonb not null,
        created_at bigint not null, updated_at bigint not null)`,
      `create index table_rows_in_order on table_rows (owner, table_name, id)`,
      `create table row_cells (
        row_id text not null, column_name text not null, owner text not null, table_name text not null,
        value text not null, primary key (row_id, column_name))`,
      `create index row_cells_by_value on row_cells (owner, table_name, column_name, value)`,
      `create table files (
        id text primary key, key text not null unique, content text not null, content_type text not null,
        size bigint not null, tags text not null, created_at bigint not null, updated_at bigint not null)`,
      `create index files_by_content on files (content)`,
      `create table file_contents (id text primary key, at bigint not null)`,
      `create index file_contents_by_time on file_contents (at)`,
      `create table file_chunks (
        content text not null, place integer not null, bytes blob not null, primary key (content, place))`,
      `create table workflows (
        id text primary key, owner text not null, name text not null, status text not null, input text not null,
        output text, failure_reason text, tags text not null, conversation_id text, user_id text,
        created_at bigint not null, updated_at bigint not null, timeout_at bigint, continue_at bigint,
        last_sequence bigint not null)`,
      `create index workflows_in_order on workflows (owner, name, id)`,
      `create index workflows_by_status on workflows (owner, name, status, id)`,
      `create index workflows_of_conversations on workflows (conversation_id) where conversation_id is not null`,
      `create index workflows_that_end on workflows (timeout_at) where timeout_at is not null`,
      `create index workflows_that_wait on workflows (continue_at) where continue_at is not null`,
      `create table schedules (
        owner text not null, name text not null, cron text not null, last_slot bigint not null,
        primary key (owner, name))`,
    ],
  },
  {
    name: '0003-operations',
    statements: [
      `create table spans (
        id text primary key, trace_id text not null, conversation_id text, started_at bigint not null,
        duration double precision not null, span text not null)`,
      `create index spans_of_traces on spans (trace_id, id)`,
      `create index spans_in_conversations on spans (conversation_id, trace_id, id)`,
      `create table secret_keys (id text primary key, wrapped text not null)`,
      `create table secrets (
        owner text not null, name text not null, sealed text not null, updated_at bigint not null,
        primary key (owner, name))`,
    ],
  },
  {
    name: '0004-identifiers',
    statements: [
      `create table identifiers (
        integration text not null, identifier text not null, alias text not null, at bigint not null,
        primary key (integration, identifier))`,
      `create index identifiers_by_alias on identifiers (alias)`,
    ],
  },
  {
    name: '0005-moves',
    statements: [`create table moves (id text primary key, state text not null, at bigint not null)`],
  },
  {
    name: '0006-oauth',
    statements: [
      `create table oauth_flows (
        id text primary key, kind text not null, alias text not null, browser text, expires_at bigint not null)`,
      `create index oauth_flows_by_time on oauth_flows (expires_at)`,
    ],
  },
  {
    name: '0007-limits',
    statements: [
      `create table rate_limits (
        key text primary key, taken text not null, next double precision not null, until bigint not null)`,
      `create index rate_limits_by_time on rate_limits (until)`,
      `create table pauses (key text primary key, until bigint not null)`,
    ],
  },
]

/** What a store has of the history. */
export interface MigrationState {
  readonly done: readonly string[]
  /** What it had not, in order. */
  readonly missing: readonly string[]
}

/**
 * What is to be done where so much was.
 * @throws {PlugboardError} with the code `store_newer`.
 */
export function migrationState(done: readonly string[]): MigrationState {
  demandKnown(done)
  const known = migrations.map(({ name }) => name)
  return {
    done: known.filter((name) => done.includes(name)),
    missing: known.filter((name) => !done.includes(name)),
  }
}

/** @throws {PlugboardError} with the code `store_newer`, if something was done that is not in the history. */
function demandKnown(done: readonly string[]): void {
  const unknown = done.filter((name) => !migrations.some((migration) => migration.name === name))
  if (unknown.length > 0)
    throw new PlugboardError({
      code: 'store_newer',
      message: `the store was made by a newer version of plugboard, which has ${unknown.join(', ')}. Update plugboard.`,
    })
}
