import { PlugboardError } from 'plugboard'
import type { z } from 'plugboard'
import type { GithubProps } from '../props.ts'
import { toldDelivery, toldOfComment, toldOfIssue, toldOfPull } from '../told.ts'
import { takeComment } from './take-comment.ts'
import { takeIssue } from './take-issue.ts'
import { takePull } from './take-pull.ts'

/** Brings in what a webhook tells. What there is neither message nor event for is an event as it is. */
export async function takeDelivery(props: GithubProps, name: string, payload: Record<string, unknown>): Promise<void> {
  if (name === 'issues') await takeIssue(props, told(name, toldOfIssue, payload))
  else if (name === 'issue_comment') await takeComment(props, told(name, toldOfComment, payload))
  else if (name === 'pull_request' && payload['action'] === 'opened')
    await takePull(props, told(name, toldOfPull, payload))
  else {
    const { action } = told(name, toldDelivery, payload)
    await props.client.createEvent({ type: 'eventReceived', payload: { name, action, payload } })
  }
}

/** @throws {PlugboardError} with the code `request_invalid`. */
function told<T extends z.ZodType>(name: string, schema: T, payload: unknown): z.output<T> {
  const { data, error } = schema.safeParse(payload)
  if (!error) return data
  const [issue] = error.issues
  const path = issue?.path.join('.') ?? ''
  throw new PlugboardError({
    code: 'request_invalid',
    message: `the webhook '${name}' is none of GitHub: '${path}': ${issue?.message}`,
    where: { path },
  })
}
