import type { ConsumerContext } from 'plugboard'
import type definition from './definition.ts'

type Client = ConsumerContext<(typeof definition)['$types']>['client']

/** Begins a pass, unless one goes on. Gives the id of the one that goes on. */
export async function begin(client: Client): Promise<string> {
  const { items } = await client.listWorkflows({ name: 'synchronization', statuses: ['pending', 'in_progress'] })
  const [running] = items
  if (running) return running.id
  const { workflow } = await client.createWorkflow({ name: 'synchronization', input: {} })
  await client.setState({ name: 'latest', payload: { id: workflow.id, startedAt: workflow.createdAt } })
  return workflow.id
}

/** Whether so many minutes have passed since a pass last began. */
export async function isDue(client: Client, minutes: number, now: string): Promise<boolean> {
  if (minutes === 0) return false
  const { state } = await client.getState({ name: 'latest' })
  // Half a minute less, for the clock that asks is not as exact as the one that answered.
  return !state || Date.parse(now) - Date.parse(state.payload.startedAt) >= minutes * 60_000 - 30_000
}
