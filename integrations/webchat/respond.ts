import { changeText, removeMessage } from './change-message.ts'
import { giveConversations, takeConversation } from './conversations.ts'
import { crossOriginHeaders } from './cross-origin.ts'
import { giveEmbed } from './embed/embed.ts'
import { type Answer, done, type Endpoint, json, type WebchatProps } from './endpoint.ts'
import { giveFile } from './files/give-file.ts'
import { takeFile } from './files/take-file.ts'
import { giveEvents } from './give-events.ts'
import { giveHistory } from './give-history.ts'
import { givePage } from './page/page.ts'
import { Refusal } from './refusal.ts'
import { closeSession, openSession } from './session.ts'
import { takeMessage } from './take-message.ts'
import { takeReaction } from './take-reaction.ts'
import { takeReceipt } from './take-receipt.ts'
import { takeTyping } from './take-typing.ts'

/** Bytes of a body that is no file. */
const bodyLimit = 65_536

const endpoints: Readonly<Record<string, Readonly<Record<string, Endpoint>>>> = {
  '/': { GET: givePage, HEAD: givePage },
  '/embed.js': { GET: giveEmbed, HEAD: giveEmbed },
  '/session': {
    POST: async (props) => json(200, await openSession(props)),
    DELETE: async ({ client, req }) => {
      await closeSession(client, req.headers['authorization'])
      return done
    },
  },
  '/messages': { POST: takeMessage },
  '/messages/<id>': { PATCH: changeText, DELETE: removeMessage },
  '/messages/<id>/reactions': { POST: takeReaction },
  '/files': { POST: takeFile },
  '/files/<id>': { GET: giveFile },
  '/conversations': { GET: giveConversations, POST: takeConversation },
  '/typing': { POST: takeTyping },
  '/receipts': { POST: takeReceipt },
  '/events': { GET: giveEvents },
  '/history': { GET: giveHistory },
}

/** Answers a request: the page, or an endpoint of it. */
export async function respond(props: WebchatProps): Promise<Answer> {
  const { headers, ...answer } = await answerTo(props).catch((error: unknown) => {
    if (!(error instanceof Refusal)) throw error
    const { status, code, message } = error
    const refused = json(status, { error: { code, message } })
    return { ...refused, headers: { ...refused.headers, ...error.headers } }
  })
  const { req, configuration } = props
  return {
    ...answer,
    headers: { ...headers, ...crossOriginHeaders(req.headers['origin'], configuration.allowedOrigins) },
  }
}

/** The longest body of a request: what is no file is refused by `respond`, in a way that a page of another site can read. */
export function bodyLimitOf({
  req: { method, path },
  configuration: { uploadLimit },
}: {
  readonly req: Pick<WebchatProps['req'], 'method' | 'path'>
  readonly configuration: Pick<WebchatProps['configuration'], 'uploadLimit'>
}): number {
  return isUpload(method, path) ? Math.max(uploadLimit, bodyLimit) : 4 * bodyLimit
}

const isUpload = (method: string, path: string): boolean => method === 'POST' && path === '/files'

async function answerTo(props: WebchatProps): Promise<Answer> {
  const { method, path, rawBody } = props.req
  const [, first = '', id, ...rest] = path.split('/')
  const pattern = id === undefined ? `/${first}` : ['', first, '<id>', ...rest].join('/')
  const methods = Object.hasOwn(endpoints, pattern) ? endpoints[pattern] : undefined
  if (!methods || (id !== undefined && !/^[\w-]{1,100}$/.test(id)))
    throw new Refusal(404, 'not_found', `there is no '${path}'; there are ${Object.keys(endpoints).join(', ')}`)
  const allowed = [...Object.keys(methods), 'OPTIONS'].join(', ')
  if (method === 'OPTIONS') return { status: 204, headers: { allow: allowed } }
  const answer = Object.hasOwn(methods, method) ? methods[method] : undefined
  if (!answer)
    throw new Refusal(405, 'method_not_allowed', `'${path}' takes ${allowed}, not ${method}`, { allow: allowed })
  if (!isUpload(method, path) && rawBody.length > bodyLimit)
    throw new Refusal(413, 'body_too_large', `the body exceeds ${bodyLimit} bytes`)
  return answer(props, id ?? '')
}
