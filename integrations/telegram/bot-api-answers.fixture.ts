/** How Telegram says no. */
export interface Refusing {
  readonly error_code: number
  readonly description: string
  readonly parameters?: object
}
type Answer = { readonly ok: true; readonly result: unknown } | ({ readonly ok: false } & Refusing)
type Parameters = Readonly<Record<string, unknown>>

/** The bot, as `getMe` gives it. */
export const me = {
  id: 4_839_574_812,
  is_bot: true,
  first_name: 'Plug',
  username: 'plug_test_bot',
  can_join_groups: true,
  can_read_all_group_messages: false,
  supports_inline_queries: false,
  can_connect_to_business: false,
  has_main_web_app: false,
}

const refuse = (description: string, error_code = 400): Answer => ({
  ok: false,
  error_code,
  description: `Bad Request: ${description}`,
})

/** Answers a call as the documentation says, or as the server is known to where a limit is exceeded. */
export function answerTo(
  method: string,
  parameters: Parameters,
  { next, files }: { next(): number; files: ReadonlyMap<string, { path: string; size?: number }> },
): Answer {
  const wrong = problemOf(parameters)
  if (wrong) return refuse(wrong)
  if (method === 'getMe') return { ok: true, result: me }
  if (method === 'getChat') return chatOf(parameters['chat_id'])
  if (method === 'getFile') {
    const file_id = String(parameters['file_id'])
    const file = files.get(file_id)
    if (!file) return refuse('wrong file_id or the file is temporarily unavailable')
    if ((file.size ?? 0) > 20_971_520) return refuse('file is too big')
    return { ok: true, result: { file_id, file_unique_id: `u${file_id}`, file_size: file.size, file_path: file.path } }
  }
  if (method === 'editMessageText')
    return { ok: true, result: messageWith(Number(parameters['message_id']), parameters) }
  if (/^send(?!ChatAction)/.test(method)) return { ok: true, result: messageWith(next(), parameters) }
  if (known.includes(method)) return { ok: true, result: true }
  return { ok: false, error_code: 404, description: 'Not Found: method not found' }
}

const known = [
  'setWebhook',
  'deleteWebhook',
  'answerCallbackQuery',
  'deleteMessage',
  'editMessageCaption',
  'pinChatMessage',
  'setMessageReaction',
  'setMyCommands',
  'sendChatAction',
]

function chatOf(id: unknown): Answer {
  if (id === 1111 || id === '@plugs') return { ok: true, result: { id: 1111, type: 'private', first_name: 'Ada' } }
  if (id === 2222) return { ok: true, result: { id: 2222, type: 'private', first_name: 'Grace' } }
  if (id === -1002) return { ok: true, result: { id: -1002, type: 'supergroup', title: 'Plugs', is_forum: true } }
  return refuse('chat not found')
}

function messageWith(message_id: number, { chat_id, text }: Parameters): object {
  return {
    message_id,
    from: { id: me.id, is_bot: true, first_name: me.first_name, username: me.username },
    chat: { id: chat_id, first_name: 'Ada', type: 'private' },
    date: 1_790_000_000,
    ...(text !== undefined && { text }),
  }
}

interface Entity {
  readonly type: string
  readonly offset: number
  readonly length: number
  readonly url?: string
}

function problemOf({
  text,
  caption,
  entities,
  caption_entities,
  reply_markup,
  secret_token,
}: Parameters): string | undefined {
  if (typeof text === 'string' && text.trim() === '') return 'message text is empty'
  if (typeof text === 'string' && text.length > 4096) return 'message is too long'
  if (typeof caption === 'string' && caption.length > 1024) return 'message caption is too long'
  if (typeof secret_token === 'string' && !/^[\w-]{1,256}$/.test(secret_token))
    return 'secret token contains unallowed characters'
  const { length } = typeof text === 'string' ? text : typeof caption === 'string' ? caption : ''
  for (const entity of ((entities ?? caption_entities) as Entity[] | undefined) ?? [])
    if (entity.length <= 0 || entity.offset < 0 || entity.offset + entity.length > length)
      return `entity beginning at ${entity.offset} is out of the text`
    else if (entity.url !== undefined && !/^(?:tg:|https?:\/\/[^/]*[^/.]\.[^/.]+(?:\/|$))/.test(entity.url))
      return `Wrong message entity: URL '${entity.url}' is invalid`
  const rows = (reply_markup as { inline_keyboard?: { callback_data?: string }[][] } | undefined)?.inline_keyboard ?? []
  if (rows.flat().length > 100) return 'reply markup is too long'
  for (const { callback_data: data } of rows.flat())
    if (data !== undefined && Buffer.byteLength(data) > 64) return 'BUTTON_DATA_INVALID'
  return undefined
}
