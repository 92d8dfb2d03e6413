import { PutObjectCommand } from '@aws-sdk/client-s3'
import { type Content, piecesOf } from 'plugboard'
import { ask, type Call } from './connection.ts'
import { refuse } from './failure.ts'
import { inParts } from './in-parts.ts'
import { fileFrom, isKey, placeOf, type S3File } from './place.ts'
import { uploadParts } from './upload-parts.ts'

const mebibyte = 1_048_576
/** What S3 itself calls bytes of which nobody says more. */
const anyBytes = 'application/octet-stream'
/** What a header can carry as it is. */
const carried = /^[!-~](?:[ -~]*[!-~])?$/

/** What is stored. */
export interface Put {
  readonly key: string
  readonly content: Content
  readonly contentType?: string | undefined
}

/** Stores a file: at once if it is short, else in parts, which S3 puts together when all are there. */
export async function writeFile(call: Call, { key, content, contentType = anyBytes }: Put): Promise<S3File> {
  if (!isKey(key)) refuse('the key holds half a character', 'key')
  if (!carried.test(contentType))
    refuse(`a media type has no characters such as in ${JSON.stringify(contentType)}`, 'contentType')
  const parts = inParts(piecesOf(content, call.signal), call.configuration.partSize * mebibyte)
  try {
    const first = await parts.next()
    const bytes = first.done ? new Uint8Array() : first.value
    const second = await parts.next()
    if (!second.done) return await uploadParts(call, { key, contentType, begun: [bytes, second.value], parts })
    const answer = await ask(call, { what: `'${key}' cannot be stored`, path: 'key' }, async (client, options) =>
      client.send(
        new PutObjectCommand({ ...placeOf(call.configuration, key), Body: bytes, ContentType: contentType }),
        options,
      ),
    )
    return fileFrom(key, bytes.length, { ETag: answer.ETag, ContentType: contentType })
  } finally {
    await parts.return(undefined)
  }
}
