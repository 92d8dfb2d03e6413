import { conversationOf } from './incoming/people.ts'
import { readAny } from './items.ts'
import type { GithubProps } from './props.ts'

interface ThreadInput {
  readonly conversation: { readonly number: number }
}

/** Finds conversations before anybody has commented in them. GitHub is asked first, which knows what there is. */
export const approach = {
  getOrCreateConversation: async (props: GithubProps & { input: ThreadInput }) => {
    const { number } = props.input.conversation
    const { title, html_url: url, pull_request: pull } = await readAny(props, number, 'conversation.number')
    const channel = pull ? 'pullRequest' : 'issue'
    return { conversationId: await conversationOf(props.client, { channel, number, title, url }) }
  },
}
