import type { z } from 'plugboard'
import { issueFrom } from '../issue.ts'
import type { GithubProps } from '../props.ts'
import { isOwn } from '../registration.ts'
import type { toldOfIssue } from '../told.ts'
import { conversationOf, userOf } from './people.ts'

/** What changes a field of an item. Pinning an issue does not, say. */
const changing: ReadonlySet<string> = new Set([
  'edited',
  'closed',
  'reopened',
  'assigned',
  'unassigned',
  'labeled',
  'unlabeled',
])

/** Brings in what was done with an issue. */
export async function takeIssue(props: GithubProps, told: z.output<typeof toldOfIssue>): Promise<void> {
  const { client } = props
  const { action, sender } = told
  const item = issueFrom(told.issue)
  const { id, title, url } = item
  const conversationId = await conversationOf(client, { channel: 'issue', number: told.issue.number, title, url })
  const userId = sender && (await userOf(client, sender))
  const place = { conversationId, ...(userId !== undefined && { userId }) }
  if (action === 'opened') {
    await client.createEvent({ type: 'itemCreated', payload: { item }, ...place })
    await takeText(props, told, place)
  } else if (action === 'deleted' || action === 'transferred')
    await client.createEvent({ type: 'itemDeleted', payload: { id }, ...place })
  else if (changing.has(action)) await client.createEvent({ type: 'itemUpdated', payload: { item }, ...place })
  const label = told.label?.name
  const assignee = told.assignee?.login
  await client.createEvent({
    type: 'issueChanged',
    payload: { action, issue: item, label, assignee, actor: sender?.login ?? item.author },
    ...place,
  })
}

/** What an issue says is the first message of its conversation, unless the bot says it. */
async function takeText(
  props: GithubProps,
  { issue }: z.output<typeof toldOfIssue>,
  { conversationId }: { conversationId: string },
): Promise<void> {
  if (!issue.user || (await isOwn(props, issue.user.login))) return
  const userId = await userOf(props.client, issue.user)
  const text = [issue.title, issue.body].filter(Boolean).join('\n\n')
  const tags = { id: 'issue', url: issue.html_url }
  await props.client.createMessage({ conversationId, userId, type: 'text', payload: { text }, tags })
}
