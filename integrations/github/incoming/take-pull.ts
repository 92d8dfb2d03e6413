import type { z } from 'plugboard'
import type { GithubProps } from '../props.ts'
import { isOwn } from '../registration.ts'
import type { toldOfPull } from '../told.ts'
import { conversationOf, userOf } from './people.ts'

/** Brings in what a pull request says when it is opened, unless the bot opened it; and that it was, as it is told. */
export async function takePull(props: GithubProps, told: z.output<typeof toldOfPull>): Promise<void> {
  const { client } = props
  const { number, title, body, user, html_url: url } = told.pull_request
  if (!user || (await isOwn(props, user.login))) return
  const conversationId = await conversationOf(client, { channel: 'pullRequest', number, title, url })
  const userId = await userOf(client, user)
  const text = [title, body].filter(Boolean).join('\n\n')
  await client.createMessage({ conversationId, userId, type: 'text', payload: { text }, tags: { id: 'issue', url } })
}
