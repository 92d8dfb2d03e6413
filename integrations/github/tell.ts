import type { Caller } from './api.ts'
import type { Issue } from './issue.ts'

/** What happens to items. */
export type ItemEvent =
  | { type: 'itemCreated'; payload: { item: Issue } }
  | { type: 'itemUpdated'; payload: { item: Issue } }
  | { type: 'itemDeleted'; payload: { id: string } }

/** A call that tells of what it did. */
export interface Telling extends Caller {
  readonly client: { createEvent(event: ItemEvent): Promise<unknown> }
}

/** Tells of what the bot did, unless GitHub does so, which sends webhooks for what anybody does. */
export async function tell({ client, configuration }: Telling, event: ItemEvent): Promise<void> {
  if (configuration.webhookSecret === undefined) await client.createEvent(event)
}
