import { addAbortSignal, type Readable } from 'node:stream'
import { GetObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3'
import { PlugboardError } from 'plugboard'
import { ask, type Call } from './connection.ts'
import { abortion, failureOf, refuse } from './failure.ts'
import { fileFrom, isKey, placeOf, type S3File } from './place.ts'

/** A file piece by piece, as it was when S3 began to give it. */
export async function* readFile(
  call: Call,
  key: string,
  path: string,
): AsyncGenerator<{ bytes: Uint8Array }, { file: S3File }, void> {
  demandKey(key, path)
  const { signal } = call
  const attempt = { what: `'${key}' cannot be read`, path }
  const answer = await ask(call, attempt, async (client, options) =>
    client.send(new GetObjectCommand(placeOf(call.configuration, key)), options),
  )
  const body = addAbortSignal(signal, answer.Body as Readable)
  let size = 0
  try {
    const file = fileFrom(key, answer.ContentLength ?? 0, answer)
    for await (const chunk of body as AsyncIterable<Buffer>) {
      size += chunk.length
      yield { bytes: new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.length) }
      if (signal.aborted) throw abortion(signal)
    }
    if (size === (answer.ContentLength ?? size)) return { file: { ...file, size } }
  } catch (error) {
    throw failureOf(error, attempt, signal)
  } finally {
    body.destroy()
  }
  throw new PlugboardError({
    code: 'vendor_unavailable',
    message: `${attempt.what}: the connection ended after ${size} bytes`,
    retryable: true,
  })
}

/** A file as it is now, without its bytes. */
export async function lookAt(call: Call, key: string, path: string): Promise<S3File> {
  demandKey(key, path)
  const answer = await ask(call, { what: `'${key}' cannot be looked at`, path }, async (client, options) =>
    client.send(new HeadObjectCommand(placeOf(call.configuration, key)), options),
  )
  return fileFrom(key, answer.ContentLength, answer)
}

function demandKey(key: string, path: string): void {
  if (!isKey(key)) refuse(`there is no file '${key}'`, path)
}
