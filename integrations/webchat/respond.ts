import { crossOriginHeaders } from './cross-origin.ts'
import { type Answer, type Endpoint, json, type WebchatProps } from './endpoint.ts'
import { giveEvents } from './give-events.ts'
import { giveHistory } from './give-history.ts'
import { givePage } from './page.ts'
import { Refusal } from './refusal.ts'
import { openSession } from './session.ts'
import { takeMessage } from './take-message.ts'

/** Bytes. */
const bodyLimit = 65_536

const endpoints: ReadonlyMap<string, ReadonlyMap<string, Endpoint>> = new Map([
  [
    '/',
    new Map<string, Endpoint>([
      ['GET', givePage],
      ['HEAD', givePage],
    ]),
  ],
  ['/session', new Map<string, Endpoint>([['POST', async ({ client }) => json(200, await openSession(client))]])],
  ['/messages', new Map<string, Endpoint>([['POST', takeMessage]])],
  ['/events', new Map<string, Endpoint>([['GET', giveEvents]])],
  ['/history', new Map<string, Endpoint>([['GET', giveHistory]])],
])

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

async function answerTo(props: WebchatProps): Promise<Answer> {
  const { method, path, rawBody } = props.req
  const endpoint = endpoints.get(path)
  if (!endpoint)
    throw new Refusal(404, 'not_found', `there is no '${path}'; there are ${[...endpoints.keys()].join(', ')}`)
  const allowed = [...endpoint.keys(), 'OPTIONS'].join(', ')
  if (method === 'OPTIONS') return { status: 204, headers: { allow: allowed } }
  const answer = endpoint.get(method)
  if (!answer)
    throw new Refusal(405, 'method_not_allowed', `'${path}' takes ${allowed}, not ${method}`, { allow: allowed })
  if (rawBody.length > bodyLimit) throw new Refusal(413, 'body_too_large', `the body exceeds ${bodyLimit} bytes`)
  return answer(props)
}
