/** A file of a message. */
export interface GivenFile {
  readonly id: string
  readonly name?: string | null
  readonly title?: string | null
  readonly mimetype?: string
  /** `tombstone` for one that was deleted, `hidden_by_limit` for one that the workspace does not pay for. */
  readonly mode?: string
  readonly is_external?: boolean
  readonly url_private?: string
}

/** What hangs below a message. */
export interface GivenAttachment {
  /** Whether it is a message that was forwarded. */
  readonly is_share?: boolean
  readonly pretext?: string
  readonly title?: string
  readonly text?: string
  /** All of it in plain words. */
  readonly fallback?: string
}

/** A message, as events have it. */
export interface GivenMessage {
  readonly ts: string
  readonly subtype?: string
  readonly user?: string
  readonly bot_id?: string
  readonly username?: string
  readonly text?: string
  readonly thread_ts?: string
  readonly files?: readonly GivenFile[]
  readonly attachments?: readonly GivenAttachment[]
}

/** A message that is new. */
export interface MessageEvent extends GivenMessage {
  readonly type: 'message' | 'app_mention'
  readonly channel: string
}

/** A message that was changed or deleted. */
export interface ChangeEvent {
  readonly type: 'message'
  readonly subtype: 'message_changed' | 'message_deleted'
  readonly channel: string
  readonly message?: GivenMessage
  readonly previous_message?: GivenMessage
  readonly deleted_ts?: string
}

/** Any event, of which little is known. */
export interface SlackEvent {
  readonly type: string
  readonly subtype?: string
  readonly [field: string]: unknown
}

/** What Slack sends to the address for events. */
export interface EventEnvelope {
  readonly type: 'event_callback'
  readonly event_id: string
  readonly event: SlackEvent
}

/** An element that was used. */
export interface GivenAction {
  readonly type: string
  readonly action_id: string
  readonly block_id: string
  readonly value?: string
  readonly selected_option?: { readonly value?: string } | null
  readonly [field: string]: unknown
}

/** A view, as Slack sends it back. */
interface GivenView {
  readonly id: string
  readonly callback_id?: string
  readonly private_metadata?: string
  readonly state?: { readonly values?: Record<string, Record<string, unknown>> }
}

/** What Slack sends to the address for interactivity. */
export interface Interaction {
  readonly type: string
  readonly user: { readonly id: string }
  readonly trigger_id?: string
  readonly callback_id?: string
  readonly response_url?: string
  readonly channel?: { readonly id: string }
  readonly container?: { readonly message_ts?: string; readonly channel_id?: string; readonly thread_ts?: string }
  readonly message?: { readonly ts?: string; readonly thread_ts?: string }
  readonly message_ts?: string
  readonly actions?: readonly GivenAction[]
  readonly view?: GivenView
}

/** What Slack sends to the address of a slash command. */
export interface SlashCommand {
  readonly command: string
  readonly text: string
  readonly user_id: string
  readonly channel_id: string
  readonly channel_name: string
  readonly trigger_id: string
  readonly response_url: string
}
