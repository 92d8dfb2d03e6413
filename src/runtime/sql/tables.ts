/** The tables, as both databases have them. JSON is text; booleans are 0 and 1; times are milliseconds since 1970. */
export interface Tables {
  users: {
    id: string
    /** The alias of the installation that the user belongs to, or `bot`. */
    owner: string
    /** The identity tags as JSON with sorted names; null once another user has the same. */
    identity: string | null
    tags: string
    name: string | null
    picture_url: string | null
    created_at: number
    updated_at: number
  }
  conversations: {
    id: string
    integration: string
    channel: string
    identity: string | null
    tags: string
    /** The last number that was given to something in the conversation. Its row lock makes the order. */
    last_sequence: number
    created_at: number
    updated_at: number
  }
  messages: {
    id: string
    conversation_id: string
    sequence: number
    user_id: string
    direction: 'incoming' | 'outgoing'
    type: string
    payload: string
    tags: string
    created_at: string
    /** 1 as long as the message waits to be sent. */
    unsent: number
  }
  events: {
    id: string
    type: string
    payload: string
    conversation_id: string | null
    user_id: string | null
    message_id: string | null
    created_at: string
  }
  /** The tags by which records are found. */
  tags: { kind: 'user' | 'conversation' | 'message' | 'file' | 'workflow'; id: string; name: string; value: string }
  states: {
    owner: string
    type: string
    name: string
    id: string
    payload: string
    expires_at: number | null
  }
  /** The keys of what came in, so that it comes in once. */
  deliveries: { key: string; at: number }
  /** What came in and waits for its handlers. */
  inbox: {
    id: string
    lane: string
    sequence: number
    origin: string
    kind: 'message' | 'event' | 'state' | 'workflow'
    /** The id of the message or event; of anything else, all of it as JSON. */
    record: string
    /** The one handler that is to run, where a dead letter is tried again. */
    only: string | null
    /** The keys of the handlers and hooks that are done, as a JSON list. */
    finished: string
    /** How often the handler whose turn it is has failed. */
    attempts: number
    not_before: number
    /** When it was put in. */
    at: number
    /** The W3C `traceparent` of what it goes on from. */
    trace: string | null
  }
  /** What waits to be sent. */
  outbox: {
    id: string
    lane: string
    sequence: number
    finished: string
    attempts: number
    not_before: number
    /** `promised` while it waits for a place, `sending` once a send has begun whose outcome is not known, `sent` until its hooks have run. */
    state: 'waiting' | 'promised' | 'sending' | 'sent'
    at: number
    trace: string | null
  }
  /** Who works on a lane. */
  lanes: {
    lane: string
    /** A new one for each claim: what fences those out who had the lane before. */
    token: string
    worker: string
    /** How often the lane was claimed since something in it was last finished. */
    claims: number
  }
  /** The processes that live, as far as is known. */
  workers: { id: string; until: number }
  /** The results of the steps of handlers that are not finished. */
  steps: { item: string; handler: string; name: string; result: string | null }
  /** What needs were bound to while the bot ran; null for what was taken back. */
  bindings: { consumer: string; need: string; binding: string | null; generation: number; at: number }
  /** What is known of installations that are, or were to be, registered with their platforms. */
  installations: {
    alias: string
    integration: string
    version: string
    configuration_type: string | null
    /** Tells configurations apart, and says nothing of what is in them. */
    fingerprint: string
    webhook_url: string
    status: 'registered' | 'failed'
    /** The fingerprint that was registered last. */
    registered: string | null
    code: string | null
    message: string | null
    attempts: number
    retry_at: number
    at: number
  }
  /** Which requests to the shared webhook of an integration are for which installation. */
  identifiers: { integration: string; identifier: string; alias: string; at: number }
  /** Who is about to give an installation access to its platform. Nothing in it is secret: hashes of what only a browser has. */
  oauth_flows: { id: string; kind: 'link' | 'state'; alias: string; browser: string | null; expires_at: number }
  /** The keys that seal secrets, sealed by a key that is not in the store. */
  secret_keys: { id: string; wrapped: string }
  secrets: { owner: string; name: string; sealed: string; updated_at: number }
  /** What is told of what was done, for as long as it is kept. Ids are in the order of saving. */
  spans: {
    id: string
    trace_id: string
    conversation_id: string | null
    started_at: number
    /** Milliseconds. */
    duration: number
    /** Name, kind, attributes and so on, as JSON. */
    span: string
  }
  dead_letters: {
    id: string
    lane: string
    handler: string
    item: string
    code: string
    message: string
    at: string
  }
  /** The rows of the tables of plugins and bots. */
  table_rows: {
    id: string
    owner: string
    table_name: string
    /** The columns as JSON; in PostgreSQL as jsonb. */
    data: string
    created_at: number
    updated_at: number
  }
  /** The texts, numbers and booleans of rows, by which they are found: as JSON, long ones by their hash. */
  row_cells: { row_id: string; column_name: string; owner: string; table_name: string; value: string }
  files: {
    id: string
    key: string
    /** Where its bytes are. */
    content: string
    content_type: string
    size: number
    tags: string
    created_at: number
    updated_at: number
  }
  /** The bytes of files, and of uploads that are not stored yet. */
  file_contents: { id: string; at: number }
  file_chunks: { content: string; place: number; bytes: Uint8Array }
  workflows: {
    id: string
    /** The alias of the plugin, or `bot`. */
    owner: string
    name: string
    status: 'pending' | 'in_progress' | 'completed' | 'failed' | 'cancelled' | 'timedout'
    input: string
    output: string | null
    failure_reason: string | null
    tags: string
    conversation_id: string | null
    user_id: string | null
    created_at: number
    updated_at: number
    /** Null once it has ended. */
    timeout_at: number | null
    /** Null if it does not wait. */
    continue_at: number | null
    /** The last number that was given to something in its lane. */
    last_sequence: number
  }
  /** The recurring events, and the last slot of each that has happened. */
  schedules: { owner: string; name: string; cron: string; last_slot: number }
  /**
   * Whether a store is the copy of another one: `copying` until it is whole, `copied` until a bot works on it. One row at
   * most, and none where no bot has worked.
   */
  moves: { id: 'store'; state: 'copying' | 'copied' | 'used'; at: number }
  /** What was taken under rate limits lately: times and counts as JSON, when the next who waits is to come, and when all has passed. */
  rate_limits: { key: string; taken: string; next: number; until: number }
  /** Until when platforms have asked to wait. */
  pauses: { key: string; until: number }
}
