import { fileHeaders } from 'plugboard/security'
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
      ...fileHeaders({ name: tags['name'] ?? 'file', contentType: isShown ? contentType : 'application/octet-stream' }),
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'private, no-store',
    },
    body: found.content,
  }
}
