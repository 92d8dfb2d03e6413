import type { Act, Shown } from 'plugboard/testing'
import { emojiName, emojiOf } from './emoji.ts'
import { enveloped, pressed, signed } from './requests.fixture.ts'
import type { WebApi } from './web-api.fixture.ts'

type Context = Parameters<Act>[0]

/** Where somebody writes: a place that is given, or the conversation, or else Ada's own. */
function placeOf({ entity, conversation }: Context): { channel: string; user: string; thread?: string } {
  const { id, channelId, threadTs } = (entity ?? conversation?.tags ?? {}) as Record<string, string | undefined>
  if (channelId === undefined) return { channel: id === 'U0BOB' ? 'D0U0BOB' : 'D0ADA', user: id ?? 'U0ADA' }
  if (channelId.startsWith('U')) return { channel: `D0${channelId}`, user: channelId }
  return { channel: channelId, user: 'U0ADA', ...(threadTs !== undefined && { thread: threadTs }) }
}

/** What people do in Slack, as it is told to the addresses of the app. */
export function peopleOf(api: WebApi): Readonly<Record<string, Act>> {
  const send = ({ receive }: Context, body: string) => receive({ headers: signed(body), body })
  const told = (context: Context, event: object) => send(context, enveloped(event))
  const written =
    (by?: string): Act =>
    (context) => {
      const { channel, user: author, thread } = placeOf(context)
      const user = by ?? author
      const { ts, text } = api.workspace.write(channel, user, context.text, thread)
      return told(context, {
        type: 'message',
        channel,
        user,
        text,
        ts,
        ...(thread !== undefined && { thread_ts: thread }),
      })
    }
  const changed =
    (make: (message: { ts: string; user: string; text: string }, context: Context) => object): Act =>
    (context) => {
      const { channel } = placeOf(context)
      const { id: ts = '' } = context.message?.tags ?? {}
      return told(context, {
        type: 'message',
        channel,
        hidden: true,
        ts: '1790009999.000100',
        ...make({ ts, user: 'U0ADA', text: 'Hello' }, context),
      })
    }
  const reacted =
    (type: string): Act =>
    (context) => {
      const { channel } = placeOf(context)
      const item = { type: 'message', channel, ts: context.message?.tags['id'] }
      return told(context, { type, user: 'U0ADA', reaction: emojiName(context.reaction), item })
    }
  const pressing =
    (action_id: string): Act =>
    (context) => {
      const { channelId = '', threadTs } = context.conversation?.tags ?? {}
      return send(
        context,
        pressed({
          user: { id: 'U0BOB', username: 'bob', name: 'bob' },
          container: { type: 'message', message_ts: threadTs, channel_id: channelId },
          channel: { id: channelId },
          actions: [{ type: 'button', action_id, block_id: 'b' }],
        }),
      )
    }
  return {
    write: written(),
    edit: changed((message, { text }) => ({
      subtype: 'message_changed',
      message: { ...message, text },
      previous_message: message,
    })),
    delete: changed((message) => ({ subtype: 'message_deleted', deleted_ts: message.ts, previous_message: message })),
    react: reacted('reaction_added'),
    unreact: reacted('reaction_removed'),
    assign: pressing('plugboard_session:take'),
    answer: written('U0BOB'),
    end: pressing('plugboard_session:end'),
  }
}

/** What Slack was asked to show. */
export const shownBy = (api: WebApi): Shown => ({
  typing: api.called('assistant.threads.setStatus').map(({ status }) => status !== undefined && status !== ''),
  messages: api.called('chat.postMessage').map(({ text, username }) => ({
    text: String(text),
    ...(typeof username === 'string' && { name: username }),
  })),
  edits: api.called('chat.update').map(({ text }) => String(text)),
  deletions: api.called('chat.delete').map(({ ts }) => String(ts)),
  reactions: api.calls
    .filter(({ method }) => method === 'reactions.add' || method === 'reactions.remove')
    .map(({ method, parameters }) => ({
      reaction: emojiOf(String(parameters['name'])) ?? '',
      isGone: method === 'reactions.remove',
    })),
})
