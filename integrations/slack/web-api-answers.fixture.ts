/** What a workspace has, as the official documentation shows it. */
export const team = { id: 'T0WORK', name: 'Plugs', url: 'https://plugs.slack.com/' }
export const bot = { userId: 'U0BOT', botId: 'B0BOT' }

type Parameters = Readonly<Record<string, unknown>>
type Answer =
  | { readonly ok: true; readonly [field: string]: unknown }
  | { readonly ok: false; readonly error: string; readonly needed?: string }

const member = (id: string, name: string, real: string, more: object = {}) => ({
  id,
  team_id: team.id,
  name,
  deleted: false,
  real_name: real,
  tz: 'Europe/London',
  profile: {
    real_name: real,
    display_name: '',
    email: `${name}@example.com`,
    image_192: `https://example.com/${name}.png`,
  },
  is_bot: false,
  ...more,
})
const channel = (id: string, name: string, more: object = {}) => ({
  id,
  name,
  is_channel: true,
  is_private: false,
  is_archived: false,
  is_member: true,
  topic: { value: '', creator: '', last_set: 0 },
  purpose: { value: `About ${name}`, creator: '', last_set: 0 },
  ...more,
})

interface Said {
  readonly channel: string
  readonly ts: string
  readonly user: string
  readonly thread_ts?: string
  text: string
  readonly reactions: Set<string>
}
interface Uploaded {
  readonly name: string
  readonly mimetype: string
  content: string
}

/** A workspace: who is in it, its channels, and what was written there. Answers methods as their documentation says. */
export class Workspace {
  readonly members = [
    member('U0ADA', 'ada', 'Ada Lovelace'),
    member('U0BOB', 'bob', 'Bob'),
    member('U0GONE', 'gone', 'Gone', { deleted: true }),
    member(bot.userId, 'plug', 'Plug', { is_bot: true }),
  ]
  channels = [
    channel('C0GENERAL', 'general'),
    channel('C0SUPPORT', 'support'),
    channel('C0OTHER', 'other', { is_member: false }),
    channel('C0OLD', 'old', { is_archived: true }),
    channel('G0SECRET', 'secret', { is_private: true }),
  ]
  readonly direct = new Map([['U0ADA', 'D0ADA']])
  readonly said: Said[] = []
  readonly files = new Map<string, Uploaded>()
  #time = 1_790_000_000
  #files = 0

  /** Where somebody has written something. */
  write(channelId: string, user: string, text: string, thread_ts?: string): Said {
    this.#time += 1
    const said: Said = {
      channel: channelId,
      ts: `${this.#time}.000100`,
      user,
      text,
      ...(thread_ts !== undefined && { thread_ts }),
      reactions: new Set(),
    }
    this.said.push(said)
    return said
  }

  /** Makes the names of channels free that were created. */
  forgetCreated(): void {
    this.channels = this.channels.filter(({ id }) => !id.startsWith('C0NEW'))
  }

  answer(method: string, parameters: Parameters, origin: string): Answer {
    const answer = this.#methods[method]
    return answer ? answer(parameters as Record<string, string>, origin) : refuse('unknown_method')
  }

  readonly #methods: Readonly<Record<string, (parameters: Record<string, string>, origin: string) => Answer>> = {
    'auth.test': () => ({
      ok: true,
      url: team.url,
      team: team.name,
      user: 'plug',
      team_id: team.id,
      user_id: bot.userId,
      bot_id: bot.botId,
    }),
    'apps.connections.open': (_, origin) => ({
      ok: true,
      url: `${origin.replace('http', 'ws')}/link/?ticket=12348&app_id=5678`,
    }),
    'chat.postMessage': (parameters) => {
      const { channel: id = '', text = '', thread_ts } = parameters
      const place = this.#channel(id)
      if (!place) return refuse('channel_not_found')
      if (place.is_archived) return refuse('is_archived')
      if (!place.is_member) return refuse('not_in_channel')
      const wrong = problemOf(parameters)
      if (wrong) return refuse(wrong)
      const said = this.write(id, bot.userId, text, thread_ts)
      return { ok: true, channel: id, ts: said.ts, message: { type: 'message', ...said, reactions: undefined } }
    },
    'chat.update': (parameters) => {
      const said = this.#find(parameters['channel'], parameters['ts'])
      if (!said) return refuse('message_not_found')
      if (said.user !== bot.userId) return refuse('cant_update_message')
      if ((parameters['text'] ?? '').length > 4000) return refuse('msg_too_long')
      const wrong = problemOf(parameters)
      if (wrong) return refuse(wrong)
      said.text = parameters['text'] ?? ''
      return { ok: true, channel: said.channel, ts: said.ts, text: said.text }
    },
    'chat.delete': ({ channel: id, ts }) => {
      const said = this.#find(id, ts)
      if (!said) return refuse('message_not_found')
      if (said.user !== bot.userId) return refuse('cant_delete_message')
      this.said.splice(this.said.indexOf(said), 1)
      return { ok: true, channel: said.channel, ts: said.ts }
    },
    'chat.postEphemeral': () => ({ ok: true, message_ts: `${(this.#time += 1)}.000100` }),
    'conversations.info': ({ channel: id = '' }) => {
      const place = this.#channel(id)
      return place ? { ok: true, channel: place } : refuse('channel_not_found')
    },
    'conversations.list': (parameters) => {
      const wanted = (parameters['types'] ?? 'public_channel').split(',')
      const all = this.channels.filter(
        ({ is_private, is_archived }) =>
          wanted.includes(is_private ? 'private_channel' : 'public_channel') && !is_archived,
      )
      return pageOf('channels', all, parameters)
    },
    'conversations.open': ({ users = '' }) => {
      if (!this.members.some(({ id, deleted }) => id === users && !deleted)) return refuse('user_not_found')
      const id = this.direct.get(users) ?? `D0${users}`
      this.direct.set(users, id)
      return { ok: true, channel: { id } }
    },
    'conversations.create': ({ name = '', is_private }) => {
      if (this.channels.some((one) => one.name === name)) return refuse('name_taken')
      if (name !== name.toLowerCase()) return refuse('invalid_name_specials')
      const created = channel(`C0NEW${this.channels.length}`, name, {
        is_private: is_private === 'true',
        creator: bot.userId,
      })
      this.channels.push(created)
      return { ok: true, channel: created }
    },
    'conversations.join': ({ channel: id = '' }) => {
      const place = this.#channel(id)
      return place ? { ok: true, channel: place } : refuse('channel_not_found')
    },
    'conversations.members': (parameters) => pageOf('members', ['U0ADA', 'U0BOB', bot.userId], parameters),
    'conversations.replies': ({ channel: id, ts }) => {
      const messages = this.said.filter((one) => one.channel === id && (one.ts === ts || one.thread_ts === ts))
      return messages.length > 0
        ? { ok: true, messages: messages.map(({ ts: time, text }) => ({ type: 'message', ts: time, text })) }
        : refuse('thread_not_found')
    },
    'users.info': ({ user }) => {
      const found = this.members.find(({ id }) => id === user)
      return found ? { ok: true, user: found } : refuse('user_not_found')
    },
    'users.list': (parameters) => pageOf('members', this.members, parameters),
    'users.lookupByEmail': ({ email }) => {
      const found = this.members.find(({ profile }) => profile.email === email)
      return found ? { ok: true, user: found } : refuse('users_not_found')
    },
    'reactions.add': ({ channel: id, timestamp, name = '' }) => {
      const said = this.#find(id, timestamp)
      if (!said) return refuse('message_not_found')
      if (said.reactions.has(name)) return refuse('already_reacted')
      said.reactions.add(name)
      return { ok: true }
    },
    'reactions.remove': ({ channel: id, timestamp, name = '' }) => {
      const said = this.#find(id, timestamp)
      if (!said) return refuse('message_not_found')
      return said.reactions.delete(name) ? { ok: true } : refuse('no_reaction')
    },
    'chat.getPermalink': ({ channel: id, message_ts: ts }) => {
      const said = this.#find(id, ts)
      if (!said) return refuse('message_not_found')
      const thread = said.thread_ts === undefined ? '' : `?thread_ts=${said.thread_ts}&cid=${id}`
      return { ok: true, channel: id, permalink: `${team.url}archives/${id}/p${said.ts.replace('.', '')}${thread}` }
    },
    'assistant.threads.setStatus': () => ({ ok: true }),
    'views.open': () => ({ ok: true, view: { id: 'V0VIEW' } }),
    'views.update': () => ({ ok: true, view: { id: 'V0VIEW' } }),
    'views.publish': () => ({ ok: true, view: { id: 'V0HOME' } }),
    'files.getUploadURLExternal': ({ filename = '' }, origin) => {
      const id = `F0UP${(this.#files += 1)}`
      this.files.set(id, { name: filename, mimetype: 'application/octet-stream', content: '' })
      return { ok: true, upload_url: `${origin}/upload/${id}`, file_id: id }
    },
    'files.completeUploadExternal': ({ files, channel_id = '' }) => {
      const shared = files as unknown as { id: string; title?: string }[]
      return { ok: true, files: shared.map(({ id, title }) => ({ id, title, channels: [channel_id] })) }
    },
    'files.info': ({ file = '' }, origin) => {
      const found = this.files.get(file)
      if (!found) return refuse('file_not_found')
      const url = `${origin}/files-pri/${file}`
      return {
        ok: true,
        file: { id: file, name: found.name, mimetype: found.mimetype, url_private: url, url_private_download: url },
      }
    },
    'files.delete': ({ file = '' }) => (this.files.delete(file) ? { ok: true } : refuse('file_not_found')),
  }

  #channel(id: string) {
    for (const [user, direct] of this.direct) if (direct === id) return channel(id, '', { is_im: true, user })
    return this.channels.find((one) => one.id === id)
  }

  #find(id: string | undefined, ts: string | undefined): Said | undefined {
    return this.said.find((one) => one.channel === id && one.ts === ts)
  }
}

const refuse = (error: string): Answer => ({ ok: false, error })

/** Cursors are of Slack's own making; one that it has not made begins anew. */
function pageOf(name: string, all: readonly unknown[], { cursor, limit }: Parameters): Answer {
  const first = /^next:\d+$/.test(String(cursor)) ? Number(String(cursor).slice('next:'.length)) : 0
  const end = first + Number(limit ?? 100)
  return {
    ok: true,
    [name]: all.slice(first, end),
    response_metadata: { next_cursor: end < all.length ? `next:${end}` : '' },
  }
}

interface Element {
  readonly action_id?: string
  readonly value?: string
  readonly text?: { readonly text: string }
  readonly options?: readonly { readonly text: { readonly text: string }; readonly value: string }[]
}
interface GivenBlock {
  readonly type: string
  readonly text?: { readonly text: string }
  readonly elements?: readonly Element[]
}

/** The limits of Block Kit. */
function problemOf({ text, blocks }: Parameters): string | undefined {
  const given = (blocks ?? []) as readonly GivenBlock[]
  if (given.length === 0 && (typeof text !== 'string' || text.trim() === '')) return 'no_text'
  if (typeof text === 'string' && text.length > 40_000) return 'msg_too_long'
  if (given.length > 50) return 'invalid_blocks'
  // Half of a character, as JSON writes it.
  if (/\\ud[89a-f]/.test(JSON.stringify(given))) return 'invalid_blocks'
  for (const block of given) {
    if (block.type === 'section' && (block.text?.text ?? '').length > 3000) return 'invalid_blocks'
    if (block.type === 'header' && (block.text?.text ?? '').length > 150) return 'invalid_blocks'
    if (block.type !== 'actions') continue
    const elements = block.elements ?? []
    const ids = elements.map(({ action_id }) => action_id)
    if (elements.length > 25 || new Set(ids).size < ids.length) return 'invalid_blocks'
    for (const { text: label, value = '', options = [] } of elements) {
      if ((label?.text ?? '').length > 75 || value.length > 2000 || options.length > 100) return 'invalid_blocks'
      if (options.some((one) => one.text.text.length > 75 || one.value.length > 150)) return 'invalid_blocks'
    }
  }
  return undefined
}
