import type { GithubProps } from '../props.ts'
import type { Account } from '../told.ts'

type Client = GithubProps['client']

/** An issue or pull request, as a conversation. */
export interface Talk {
  readonly channel: 'issue' | 'pullRequest'
  readonly number: number
  readonly title: string
  readonly url: string
}

/** The user, with the name that it has now. */
export async function userOf(client: Client, { id, login, avatar_url: pictureUrl, type }: Account): Promise<string> {
  const tags = { id: `${id}`, login, ...(type === 'Bot' && { isBot: 'true' }) }
  const { user } = await client.getOrCreateUser({ tags, name: login, ...(pictureUrl && { pictureUrl }) })
  if (user.name !== login) await client.updateUser({ id: user.id, name: login, tags: { login } })
  return user.id
}

/** The conversation, with the title that it has now. */
export async function conversationOf(client: Client, { channel, number, title, url }: Talk): Promise<string> {
  const { conversation } = await client.getOrCreateConversation({ channel, tags: { id: `${number}`, title, url } })
  const { id } = conversation
  if (conversation.tags['title'] !== title) await client.updateConversation({ id, tags: { title } })
  return id
}
