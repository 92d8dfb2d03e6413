import type { z } from 'plugboard'
import type { GithubProps } from '../props.ts'
import { isOwn } from '../registration.ts'
import type { toldOfComment } from '../told.ts'
import { conversationOf, userOf } from './people.ts'

/** Brings in a comment, or what was done with one. What the bot itself has written does not come back. */
export async function takeComment(props: GithubProps, told: z.output<typeof toldOfComment>): Promise<void> {
  const { client } = props
  const { action, comment, issue, sender } = told
  if (await isOwn(props, comment.user?.login)) return
  const channel = issue.pull_request ? 'pullRequest' : 'issue'
  const { number, title, html_url: url } = issue
  const conversationId = await conversationOf(client, { channel, number, title, url })
  const commentId = `${comment.id}`
  const text = comment.body ?? ''
  if (action === 'created') {
    if (!comment.user || text === '') return
    const userId = await userOf(client, comment.user)
    const tags = { id: commentId, url: comment.html_url }
    await client.createMessage({ conversationId, userId, type: 'text', payload: { text }, tags })
    return
  }
  const actor = sender?.login ?? comment.user?.login ?? 'ghost'
  const known = await client.listMessages({ conversationId, tags: { id: commentId } })
  const [message] = known.items
  const place = {
    conversationId,
    ...(sender && { userId: await userOf(client, sender) }),
    ...(message && { messageId: message.id }),
  }
  if (action === 'edited')
    await client.createEvent({ type: 'commentEdited', payload: { commentId, text, actor }, ...place })
  else if (action === 'deleted')
    await client.createEvent({ type: 'commentDeleted', payload: { commentId, actor }, ...place })
}
