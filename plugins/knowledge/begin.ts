import type { Client } from './context.ts'

/** Begins an ingestion, unless one goes on. Gives the id of the one that goes on. */
export async function begin(client: Client): Promise<string> {
  return (await running(client)) ?? create(client)
}

/** Begins an ingestion, after the one that goes on if there is one: that may have been past what was changed. */
export async function beginAfterwards(client: Client): Promise<void> {
  const id = await running(client)
  const { state } = await client.getState({ name: 'latest' })
  if (id === undefined) await create(client)
  else if (state && !state.payload.again)
    await client.setState({ name: 'latest', payload: { ...state.payload, again: true } })
}

/** Begins an ingestion. */
export async function create(client: Client): Promise<string> {
  const { workflow } = await client.createWorkflow({ name: 'ingestion', input: {} })
  const payload = { id: workflow.id, startedAt: workflow.createdAt, again: false }
  await client.setState({ name: 'latest', payload })
  return workflow.id
}

/** Whether so many minutes have passed since an ingestion last began. */
export async function isDue(client: Client, minutes: number, now: string): Promise<boolean> {
  if (minutes === 0) return false
  const { state } = await client.getState({ name: 'latest' })
  // Half a minute less, for the clock that asks is not as exact as the one that answered.
  return !state || Date.parse(now) - Date.parse(state.payload.startedAt) >= minutes * 60_000 - 30_000
}

async function running(client: Client): Promise<string | undefined> {
  const { items } = await client.listWorkflows({ name: 'ingestion', statuses: ['pending', 'in_progress'] })
  return items[0]?.id
}
