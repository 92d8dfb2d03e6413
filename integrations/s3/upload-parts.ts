import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  type CompletedPart,
  CreateMultipartUploadCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import { ask, type Call } from './connection.ts'
import { malformed, refuse } from './failure.ts'
import { fileFrom, placeOf, type S3File } from './place.ts'

/** More, S3 does not take. */
const mostParts = 10_000
/** How many parts are on the way at the same time. */
const mostAtOnce = 3
/** Milliseconds in which S3 must have forgotten the parts of what failed. */
const longestDiscard = 1500

/** A file that is longer than a part. */
interface Upload {
  readonly key: string
  readonly contentType: string
  /** The parts that are in memory already. */
  readonly begun: readonly Uint8Array[]
  readonly parts: AsyncIterable<Uint8Array>
}
/** The upload as S3 knows it. */
interface Begun {
  readonly Bucket: string
  readonly Key: string
  readonly UploadId: string
}

/** Stores a file in parts. Until all are there, nothing is seen of them; if something fails, S3 is told to forget them. */
export async function uploadParts(call: Call, upload: Upload): Promise<S3File> {
  const { key, contentType } = upload
  const attempt = { what: `'${key}' cannot be stored`, path: 'key' }
  const place = placeOf(call.configuration, key)
  const { UploadId } = await ask(call, attempt, async (client, options) =>
    client.send(new CreateMultipartUploadCommand({ ...place, ContentType: contentType }), options),
  )
  if (!UploadId) throw malformed(`${attempt.what}: S3 began an upload and did not say which`)
  const begun = { ...place, UploadId }
  try {
    const { parts, size } = await sendAll(call, upload, begun)
    const { ETag } = await ask(call, attempt, async (client, options) =>
      client.send(new CompleteMultipartUploadCommand({ ...begun, MultipartUpload: { Parts: parts } }), options),
    )
    return fileFrom(key, size, { ETag, ContentType: contentType })
  } catch (error) {
    await discard(call, begun)
    throw error
  }
}

async function sendAll(call: Call, upload: Upload, begun: Begun): Promise<{ parts: CompletedPart[]; size: number }> {
  const parts: CompletedPart[] = []
  const failing = new AbortController()
  const signal = AbortSignal.any([call.signal, failing.signal])
  const sending = new Set<Promise<void>>()
  let size = 0
  try {
    for await (const bytes of allOf(upload)) {
      if (parts.length === mostParts)
        refuse(`'${upload.key}' has more than ${mostParts} parts: raise \`partSize\` in the configuration`, 'content')
      const part: CompletedPart = { PartNumber: parts.length + 1 }
      parts.push(part)
      size += bytes.length
      const sent = sendPart(call, { upload, begun, part, bytes }, signal)
        .catch((error: unknown) => failing.abort(error))
        .finally(() => sending.delete(sent))
      sending.add(sent)
      if (sending.size === mostAtOnce) await Promise.race(sending)
      failing.signal.throwIfAborted()
    }
    await Promise.all(sending)
    failing.signal.throwIfAborted()
    return { parts, size }
  } catch (error) {
    failing.abort(error)
    throw error
  } finally {
    // A part that arrives after the upload was forgotten would be kept, and paid for.
    await Promise.all(sending)
  }
}

async function* allOf({ begun, parts }: Upload): AsyncGenerator<Uint8Array> {
  yield* begun
  yield* parts
}

/** A part on its way. */
interface Sending {
  readonly upload: Upload
  readonly begun: Begun
  readonly part: CompletedPart
  readonly bytes: Uint8Array
}

async function sendPart(call: Call, { upload, begun, part, bytes }: Sending, signal: AbortSignal): Promise<void> {
  const { PartNumber } = part
  const attempt = { what: `part ${PartNumber} of '${upload.key}' cannot be stored`, path: 'key' }
  const { ETag } = await ask(
    call,
    attempt,
    async (client, options) => client.send(new UploadPartCommand({ ...begun, PartNumber, Body: bytes }), options),
    signal,
  )
  if (ETag === undefined) throw malformed(`${attempt.what}: what was answered does not come from S3: it has no ETag`)
  part.ETag = ETag
}

/** What cannot be discarded now, a rule of the bucket discards later. */
async function discard(call: Call, begun: Begun): Promise<void> {
  await ask(
    call,
    { what: 'the parts cannot be discarded' },
    async (client, options) => client.send(new AbortMultipartUploadCommand(begun), options),
    AbortSignal.timeout(longestDiscard),
  ).catch(() => {})
}
