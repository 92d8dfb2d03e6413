import { unless } from '../conversation.ts'
import type { Answer, WebchatProps } from '../endpoint.ts'
import { Refusal } from '../refusal.ts'
import { visitorOf } from '../session.ts'
import { keyOf } from './own-files.ts'

/** What a browser shows without running anything in it. Whatever else a file says that it is, it is only saved. */
const shown = /^(?:image\/(?:png|jpeg|gif|webp|avif|bmp)|audio\/[a-z0-9.+-]+|video\/[a-z0-9.+-]+)$/

/** `GET /files/<id>`: a file, to the visitor who may see it. */
export async function giveFile(props: WebchatProps, id: string): Promise<Answer> {
  const visitor = await visitorOf(props.client, props.req.headers['authorization'])
  const found = await props.client.readFile({ key: keyOf(props, id) }).catch(unless('file_unknown'))
  if (found?.file.tags['visitor'] !== visitor)
    throw new Refusal(404, 'file_unknown', 'there is no file of that id which the visitor may see')
  const { contentType, tags } = found.file
  const isShown = shown.test(contentType)
  return {
    status: 200,
    headers: {
      'content-type': isShown ? contentType : 'application/octet-stream',
      'content-disposition': `${isShown ? 'inline' : 'attachment'}; filename*=UTF-8''${encoded(tags['name'] ?? 'file')}`,
      'content-security-policy': "default-src 'none'; sandbox",
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
    },
    body: found.content,
  }
}

/** As RFC 8187 wants it, which leaves fewer signs as they are. */
const encoded = (name: string): string =>
  encodeURIComponent(name.toWellFormed()).replaceAll(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
