import { ada, applicationId, bob, bot, places, publicKey, snowflake } from './interactions.fixture.ts'

export interface Answer {
  readonly status: number
  readonly body?: unknown
}
type Body = Readonly<Record<string, unknown>>

interface Message {
  readonly id: string
  readonly channelId: string
  readonly isOwn: boolean
  isGone: boolean
}

/** What there is in this Discord. */
export interface World {
  readonly messages: Map<string, Message>
  readonly nonces: Map<string, string>
  /** What was made of which message or channel. */
  readonly threads: Map<string, object>
  readonly gatewayUrl: string
  /** Tokens of interactions that are over. */
  readonly expired: Set<string>
}

const known: readonly { readonly id: string; readonly type: number }[] = Object.values(places)
const no = (status: number, code: number, message: string, more: object = {}): Answer => ({
  status,
  body: { message, code, ...more },
})
const done: Answer = { status: 204 }
const unknownMessage = no(404, 10_008, 'Unknown Message')

/** Answers a call as the documentation says, or as Discord is known to where a limit is exceeded. */
export function answerTo(route: string, body: Body, world: World): Answer {
  const [method = '', path = ''] = route.split(' ')
  const [, first, id = '', third, fourth = '', fifth] = path.split('/')
  if (path === '/applications/@me')
    return {
      status: 200,
      body: {
        id: applicationId,
        name: 'Plug',
        verify_key: publicKey,
        bot: { ...bot },
        interactions_endpoint_url: null,
      },
    }
  if (path === '/gateway/bot') {
    const session_start_limit = { total: 1000, remaining: 999, reset_after: 14_400_000, max_concurrency: 1 }
    return { status: 200, body: { url: world.gatewayUrl, shards: 1, session_start_limit } }
  }
  if (first === 'interactions') return done
  if (first === 'applications') return { status: 200, body: [] }
  if (path === '/users/@me/channels') return directMessages(String(body['recipient_id']))
  if (first === 'users') {
    const user = [ada, bob].find((one) => one.id === id)
    return user ? { status: 200, body: user } : no(404, 10_013, 'Unknown User')
  }
  if (first === 'webhooks') return answered(method, third ?? '', path.split('/')[5], body, world)
  const channel = known.find((one) => one.id === id) ?? world.threads.get(id)
  if (first !== 'channels' || !channel) return no(404, 10_003, 'Unknown Channel')
  if (third === undefined) return { status: 200, body: channel }
  if (third === 'typing') return done
  if (third === 'threads') return thread(snowflake(), id, body, world)
  if (fourth === '') return create(id, body, world)
  const message = world.messages.get(fourth)
  if (!message || message.isGone) return unknownMessage
  if (fifth === 'threads')
    return world.threads.has(fourth)
      ? no(400, 160_004, 'A thread has already been created for this message')
      : thread(fourth, id, body, world)
  if (fifth === 'reactions') return done
  if (method === 'DELETE') {
    message.isGone = true
    return done
  }
  return message.isOwn ? edit(fourth, body) : no(403, 50_005, 'Cannot edit a message authored by another user')
}

function directMessages(recipient: string): Answer {
  const dm = [places.dm, places.bobsDm].find(({ recipients }) => recipients[0].id === recipient)
  return dm ? { status: 200, body: dm } : no(400, 50_033, 'Invalid Recipient(s)')
}

function thread(id: string, parent_id: string, { name }: Body, world: World): Answer {
  const made = { id, type: 11, name, parent_id, guild_id: places.channel.guild_id }
  world.threads.set(id, made)
  return { status: 201, body: made }
}

/** What goes by the token of an interaction. */
function answered(method: string, token: string, messageId: string | undefined, body: Body, world: World): Answer {
  if (world.expired.has(token)) return no(401, 50_027, 'Invalid Webhook Token')
  if (method === 'POST') return create(`channel of ${token}`, body, world)
  if (messageId === '@original') return create(`channel of ${token}`, body, world)
  const message = world.messages.get(messageId ?? '')
  if (!message || message.isGone) return unknownMessage
  if (method !== 'DELETE') return edit(message.id, body)
  message.isGone = true
  return done
}

function create(channelId: string, body: Body, world: World): Answer {
  const wrong = problemOf(body)
  if (wrong) return wrong
  const nonce = `${channelId}/${String(body['nonce'])}`
  const earlier = body['enforce_nonce'] === true ? world.nonces.get(nonce) : undefined
  if (earlier !== undefined) return { status: 200, body: { id: earlier, channel_id: channelId } }
  const id = snowflake()
  world.messages.set(id, { id, channelId, isOwn: true, isGone: false })
  world.nonces.set(nonce, id)
  return { status: 200, body: { id, channel_id: channelId, content: body['content'] } }
}

const edit = (id: string, body: Body): Answer => problemOf(body) ?? { status: 200, body: { id } }

const wrongForm = (field: string, message: string): Answer =>
  no(400, 50_035, 'Invalid Form Body', {
    errors: { [field]: { _errors: [{ code: 'BASE_TYPE_BAD_LENGTH', message }] } },
  })

interface Component {
  readonly label?: string
  readonly custom_id?: string
  readonly options?: readonly { readonly value: string; readonly label: string }[]
}

/** What Discord takes no message for. */
function problemOf({ content, embeds, components, files, nonce }: Body): Answer | undefined {
  const written = typeof content === 'string' ? content : ''
  const shown = (embeds ?? []) as { title?: string; description?: string; image?: { url: string } }[]
  const rows = (components ?? []) as { components: readonly Component[] }[]
  if (written.length > 2000) return wrongForm('content', 'Must be 2000 or fewer in length.')
  if (written.trim() === '' && shown.length === 0 && !Array.isArray(files))
    return no(400, 50_006, 'Cannot send an empty message')
  if (shown.some(({ image }) => image && !/^(?:https?|attachment):/.test(image.url)))
    return wrongForm('embeds', 'Scheme must be one of http, https, attachment.')
  if (shown.some(({ title = '', description = '' }) => title.length > 256 || description.length > 4096))
    return wrongForm('embeds', 'Must be 256 or fewer in length.')
  if (rows.length > 5) return wrongForm('components', 'Must be 5 or fewer in length.')
  const all = rows.flatMap((row) => row.components)
  if (rows.some((row) => row.components.length === 0 || row.components.length > 5))
    return wrongForm('components', 'Must be between 1 and 5 in length.')
  const ids = all.flatMap(({ custom_id }) => custom_id ?? [])
  if (new Set(ids).size !== ids.length) return wrongForm('components', 'Component custom id cannot be duplicated')
  if (ids.some((id) => id.length > 100) || all.some(({ label = '' }) => label.length > 80))
    return wrongForm('components', 'Must be 100 or fewer in length.')
  for (const { options } of all) {
    if (!options) continue
    if (options.length > 25 || new Set(options.map(({ value }) => value)).size !== options.length)
      return wrongForm('components', 'The specified option value is already used')
    if (options.some(({ label, value }) => label.length > 100 || value.length > 100))
      return wrongForm('components', 'Must be 100 or fewer in length.')
  }
  if (typeof nonce === 'string' && nonce.length > 25) return wrongForm('nonce', 'Must be 25 or fewer in length.')
  return undefined
}
