import { PlugboardError } from 'plugboard'
import type { Client } from './standing.ts'

/** What a timer ends. */
interface Timed {
  readonly session: string
  readonly conversationId: string
}

/** Ends a session in so many seconds. Gives the id of the timer. */
export async function startTimer(client: Client, timed: Timed, seconds: number, phase?: 'asking'): Promise<string> {
  const { workflow } = await client.createWorkflow({
    name: 'timer',
    input: timed,
    conversationId: timed.conversationId,
    timeout: Math.ceil(seconds * 1000),
    ...(phase && { tags: { phase } }),
  })
  return workflow.id
}

/** Lets a timer begin anew. Gives its id, which is another one where it has run out. */
export async function restartTimer(client: Client, id: string, timed: Timed, seconds: number): Promise<string> {
  const isThere = await unlessEnded(client.updateWorkflow({ name: 'timer', id, timeout: Math.ceil(seconds * 1000) }))
  return isThere ? id : startTimer(client, timed, seconds)
}

export async function stopTimer(client: Client, id: string): Promise<void> {
  await unlessEnded(client.updateWorkflow({ name: 'timer', id, status: 'cancelled' }))
}

/** Whether any conversation is being handed over right now. */
export async function isAsking(client: Client): Promise<boolean> {
  const { items } = await client.listWorkflows({
    name: 'timer',
    statuses: ['pending', 'in_progress'],
    tags: { phase: 'asking' },
  })
  return items.length > 0
}

async function unlessEnded(change: Promise<unknown>): Promise<boolean> {
  try {
    await change
    return true
  } catch (error) {
    if (PlugboardError.isInstance(error) && error.code === 'workflow_ended') return false
    throw error
  }
}
