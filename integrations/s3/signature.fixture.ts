import { createHash, createHmac } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

/** Who may ask. */
export const access = { accessKeyId: 'AKIATEST', secretAccessKey: 'the/secret+of=the/tests' }
export const region = 'eu-test-1'

/** Why a request is not believed: the code, status and sentence that the documentation has for it. */
export interface Disbelief {
  readonly code: string
  readonly status: number
  readonly message: string
}
const no = (code: string, status: number, message: string): Disbelief => ({ code, status, message })

const sha256 = (data: Uint8Array | string): string => createHash('sha256').update(data).digest('hex')
const hmac = (key: Uint8Array | string, text: string): Buffer => createHmac('sha256', key).update(text).digest()
const forbidden = 403

/** Checks Signature Version 4, in the header or in the query, as the documentation of S3 describes it. */
export function disbeliefOf(request: IncomingMessage, body: Uint8Array): Disbelief | undefined {
  const url = new URL(request.url ?? '', 'http://host')
  const { credential, signedHeaders, signature, time, payload, expires } = signingOf(request, url)
  if (!credential || !signedHeaders || !signature || !time) return no('AccessDenied', forbidden, 'Access Denied')
  const [id, date, place, service, end] = credential.split('/')
  if (id !== access.accessKeyId)
    return no('InvalidAccessKeyId', forbidden, 'The AWS Access Key Id you provided does not exist in our records.')
  if (place !== region)
    return no(
      'AuthorizationHeaderMalformed',
      400,
      `The authorization header is malformed; the region '${place}' is wrong; expecting '${region}'`,
    )
  if (expires !== undefined && Date.now() > timeOf(time) + Number(expires) * 1000)
    return no('AccessDenied', forbidden, 'Request has expired')
  if (/^[0-9a-f]{64}$/.test(payload) && payload !== sha256(body))
    return no(
      'XAmzContentSHA256Mismatch',
      400,
      "The provided 'x-amz-content-sha256' header does not match what was computed.",
    )
  const headers = signedHeaders.split(';').map((name) => {
    const value = [request.headers[name] ?? ''].flat().join(',')
    return `${name}:${value.trim().replaceAll(/ +/g, ' ')}\n`
  })
  const canonical = [
    request.method,
    (request.url ?? '').split('?')[0],
    canonicalQuery(url),
    headers.join(''),
    signedHeaders,
    payload,
  ].join('\n')
  const scope = [date, place, service, end].join('/')
  const key = [place, service, end].reduce<Buffer>(
    (under, part) => hmac(under, part ?? ''),
    hmac(`AWS4${access.secretAccessKey}`, date ?? ''),
  )
  const expected = hmac(key, ['AWS4-HMAC-SHA256', time, scope, sha256(canonical)].join('\n')).toString('hex')
  return expected === signature
    ? undefined
    : no(
        'SignatureDoesNotMatch',
        forbidden,
        'The request signature we calculated does not match the signature you provided.',
      )
}

function signingOf({ headers }: IncomingMessage, { searchParams }: URL) {
  const header = headers.authorization ?? ''
  const part = (name: string) => new RegExp(`${name}=([^,\\s]+)`).exec(header)?.[1]
  if (searchParams.has('X-Amz-Signature')) {
    const given = (name: string) => searchParams.get(`X-Amz-${name}`) ?? undefined
    return {
      credential: given('Credential'),
      signedHeaders: given('SignedHeaders'),
      signature: given('Signature'),
      time: given('Date'),
      payload: 'UNSIGNED-PAYLOAD',
      expires: given('Expires'),
    }
  }
  return {
    credential: part('Credential'),
    signedHeaders: part('SignedHeaders'),
    signature: part('Signature'),
    time: [headers['x-amz-date']].flat()[0],
    payload: String(headers['x-amz-content-sha256'] ?? 'UNSIGNED-PAYLOAD'),
    expires: undefined,
  }
}

function canonicalQuery({ search }: URL): string {
  const pairs = search.slice(1).split('&').filter(Boolean)
  return pairs
    .map((pair) => (pair.includes('=') ? pair : `${pair}=`))
    .filter((pair) => !pair.startsWith('X-Amz-Signature='))
    .toSorted()
    .join('&')
}

/** Of `20261129T120000Z`. */
const timeOf = (time: string): number =>
  Date.parse(time.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'))
