/** How the Graph API says no. */
export interface Refusing {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly code: number
  readonly message: string
  readonly details?: string
}

/** The access token and the phone number that it knows. */
export const accessToken = 'EAAJB8f2vZCdYBO1aZBqNc0lTestToken'
export const phoneNumberId = '106540352242922'

/** An error, as the Graph API writes it. */
export const errorBody = ({ code, message, details }: Refusing): object => ({
  error: {
    message: `(#${code}) ${message}`,
    type: 'OAuthException',
    code,
    ...(details !== undefined && { error_data: { messaging_product: 'whatsapp', details } }),
    fbtrace_id: 'Az8or2yhqkZfEZ-_4Qn_Bam',
  },
})

const invalid = (details: string): Refusing => ({ status: 400, code: 100, message: 'Invalid parameter', details })

type Fields = Readonly<Record<string, unknown>>
const fieldsIn = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {})
const listIn = (value: unknown): readonly Fields[] => (Array.isArray(value) ? (value as Fields[]) : [])
const isLong = (value: unknown, longest: number): boolean =>
  typeof value !== 'string' || value.trim() === '' || value.length > longest

/** What is wrong with a message, by the limits of the documentation; undefined for one that is taken. */
export function problemOf(message: Fields): Refusing | undefined {
  const { to, recipient, type, biz_opaque_callback_data: mark } = message
  if (message['messaging_product'] !== 'whatsapp') return invalid('messaging_product must be whatsapp')
  if ((typeof to === 'string') === (typeof recipient === 'string')) return invalid('to or recipient is required')
  if (typeof to === 'string' && !/^\d{7,15}$/.test(to)) return invalid('to is no phone number')
  if (typeof recipient === 'string' && !/^[A-Z]{2}\.[A-Za-z\d]+$/.test(recipient)) return invalid('recipient')
  if (mark !== undefined && isLong(mark, 512)) return invalid('biz_opaque_callback_data')
  const content = message[String(type)]
  switch (type) {
    case 'text':
      return isLong(fieldsIn(content)['body'], 4096) ? invalid('text.body') : undefined
    case 'image':
    case 'video':
    case 'document':
    case 'audio':
    case 'sticker':
      return mediaProblem(type, fieldsIn(content))
    case 'interactive':
      return interactiveProblem(fieldsIn(content))
    case 'template':
      return fieldsIn(content)['name'] === 'hello_world'
        ? undefined
        : { status: 404, code: 132001, message: 'Template name does not exist in the translation' }
    case 'contacts':
      return listIn(content).every(({ name }) => fieldsIn(name)['formatted_name'] && fieldsIn(name)['first_name'])
        ? undefined
        : invalid('contacts')
    case 'reaction':
      return typeof fieldsIn(content)['message_id'] === 'string' ? undefined : invalid('reaction.message_id')
    case 'location':
      return typeof fieldsIn(content)['latitude'] === 'number' ? undefined : invalid('location.latitude')
    default:
      return { status: 400, code: 131009, message: 'Parameter value is not valid', details: `type ${String(type)}` }
  }
}

function mediaProblem(type: string, { id, link, caption, filename }: Fields): Refusing | undefined {
  if ((typeof id === 'string') === (typeof link === 'string')) return invalid('either id or link')
  if (caption !== undefined && (isLong(caption, 1024) || type === 'audio' || type === 'sticker'))
    return invalid('caption')
  if (filename !== undefined && type !== 'document') return invalid('filename')
  return undefined
}

function interactiveProblem({ type, body, header, action }: Fields): Refusing | undefined {
  const { buttons, button, sections, parameters } = fieldsIn(action)
  if (isLong(fieldsIn(body)['text'], type === 'list' ? 4096 : 1024)) return invalid('interactive.body.text')
  if (type === 'button') {
    const replies = listIn(buttons).map(({ reply }) => fieldsIn(reply))
    const titles = new Set(replies.map(({ title }) => title))
    const isWrong = replies.some(({ id, title }) => isLong(id, 256) || isLong(title, 20))
    if (replies.length < 1 || replies.length > 3 || titles.size < replies.length || isWrong)
      return invalid('interactive.action.buttons')
  }
  if (type === 'list') {
    const rows = listIn(sections).flatMap((section) => listIn(section['rows']))
    const ids = new Set(rows.map(({ id }) => id))
    const isWrong = rows.some(
      ({ id, title, description = 'none' }) => isLong(id, 200) || isLong(title, 24) || isLong(description, 72),
    )
    if (rows.length < 1 || rows.length > 10 || ids.size < rows.length || isWrong || isLong(button, 20) || header)
      return invalid('interactive.action.sections')
  }
  if (type === 'cta_url' && isLong(fieldsIn(parameters)['display_text'], 20)) return invalid('display_text')
  return undefined
}
