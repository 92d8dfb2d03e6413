import { PlugboardError } from 'plugboard'
import type { z } from 'plugboard'
import type { actions } from './actions.ts'
import { rateLimited } from './answer.ts'
import { apiUrlOf, callSlack, retryAfterOf } from './api.ts'
import { fromMarkdown } from './outgoing/markdown.ts'
import { toMrkdwn } from './outgoing/mrkdwn.ts'
import { placeFrom } from './place.ts'
import type { SlackProps } from './props.ts'

type Perform<K extends keyof typeof actions> = (
  props: SlackProps & { input: z.output<(typeof actions)[K]['input']['schema']> },
) => Promise<z.output<(typeof actions)[K]['output']['schema']>>

/** What each action does. */
export const perform: { readonly [K in keyof typeof actions]: Perform<K> } = {
  respond: async (props) => {
    const { responseUrl, markdown, visibleTo = 'person', replace = false } = props.input
    await postTo(props, responseUrl, {
      text: toMrkdwn(fromMarkdown(markdown)),
      response_type: visibleTo === 'everyone' ? 'in_channel' : 'ephemeral',
      replace_original: replace,
    })
    return {}
  },
  sendEphemeral: async (props) => {
    const { conversationId, person, markdown } = props.input
    const { conversation } = await props.client.getConversation({ id: conversationId })
    const place = placeFrom(conversation.tags['id'])
    if (!place) throw refusal(`conversation '${conversationId}' names no place in Slack`, 'conversationId')
    const text = toMrkdwn(fromMarkdown(markdown))
    await callSlack(props, (api) => api.chat.postEphemeral({ ...place, user: person, text }))
    return {}
  },
  openView: async (props) => {
    const { triggerId, view } = props.input
    // What a view may be, Slack knows better than the types of its client.
    const opened = await callSlack(props, (api) => api.views.open({ trigger_id: triggerId, view: view as never }))
    return { viewId: idOf(opened) }
  },
  updateView: async (props) => {
    const { viewId, view } = props.input
    return { viewId: idOf(await callSlack(props, (api) => api.views.update({ view_id: viewId, view: view as never }))) }
  },
  publishHome: async (props) => {
    const { person, view } = props.input
    return {
      viewId: idOf(await callSlack(props, (api) => api.views.publish({ user_id: person, view: view as never }))),
    }
  },
  findPerson: async (props) => {
    const { user } = await callSlack(props, (api) => api.users.lookupByEmail({ email: props.input.email }))
    if (user?.id === undefined) throw refusal('nobody in the workspace has this address', 'email')
    return { id: user.id }
  },
  joinChannel: async (props) => {
    await callSlack(props, (api) => api.conversations.join({ channel: props.input.channelId }))
    return {}
  },
  listMembers: async (props) => {
    const { channelId, cursor, limit = 100 } = props.input
    const { members, response_metadata: metadata } = await callSlack(props, (api) =>
      api.conversations.members({ channel: channelId, limit, ...(cursor !== undefined && { cursor }) }),
    )
    const next = metadata?.next_cursor
    return { people: members ?? [], ...(next && { nextCursor: next }) }
  },
}

const idOf = ({ view }: { view?: { id?: string } }): string => view?.id ?? ''

/** Milliseconds. */
const longestPost = 30_000

async function postTo(props: SlackProps, address: string, body: object): Promise<void> {
  const { hostname, origin, protocol } = new URL(address)
  const api = new URL(apiUrlOf(props))
  // Whoever made the address up could have the bot post to anywhere.
  const isOfSlack = origin === api.origin || (protocol === 'https:' && hostname === `hooks.${api.hostname}`)
  if (!isOfSlack) throw refusal('the address is none of Slack', 'responseUrl')
  const response = await fetch(address, {
    method: 'POST',
    redirect: 'error',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.any([props.signal, AbortSignal.timeout(longestPost)]),
  }).catch((): never => {
    throw props.signal.aborted
      ? new PlugboardError({ code: 'aborted', message: 'the answer was aborted', cause: props.signal.reason })
      : new PlugboardError({
          code: 'vendor_unavailable',
          message: 'Slack cannot be reached for an answer',
          retryable: true,
        })
  })
  await response.body?.cancel()
  if (response.ok) return
  if (response.status === 429) throw rateLimited('an answer', retryAfterOf(response))
  throw new PlugboardError({
    code: response.status >= 500 ? 'vendor_unavailable' : 'vendor_refused',
    message: `Slack did not take the answer, with the status ${response.status}: its address lives for half an hour and five answers`,
    retryable: response.status >= 500,
  })
}

function refusal(message: string, path: string): PlugboardError {
  return new PlugboardError({ code: 'vendor_refused', message, where: { path } })
}
