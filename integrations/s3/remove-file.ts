import { DeleteObjectCommand } from '@aws-sdk/client-s3'
import { PlugboardError } from 'plugboard'
import { ask, type Call } from './connection.ts'
import { isKey, placeOf } from './place.ts'
import { lookAt } from './read-file.ts'

/** Deletes a file. Gives whether there was one: S3 does not say it, so that it is asked before. */
export async function removeFile(call: Call, key: string, path: string): Promise<boolean> {
  if (!isKey(key) || !(await isThere(call, key, path))) return false
  await ask(call, { what: `'${key}' cannot be deleted`, path }, async (client, options) =>
    client.send(new DeleteObjectCommand(placeOf(call.configuration, key)), options),
  )
  return true
}

async function isThere(call: Call, key: string, path: string): Promise<boolean> {
  try {
    await lookAt(call, key, path)
    return true
  } catch (error) {
    if (PlugboardError.isInstance(error) && statusOf(error.cause) === 404) return false
    throw error
  }
}

const statusOf = (cause: unknown): unknown =>
  (cause as { $metadata?: { httpStatusCode?: unknown } } | undefined)?.$metadata?.httpStatusCode
