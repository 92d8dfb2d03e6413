import { key as keySchema } from 'plugboard/interfaces/storage'
import type { Settings } from './configuration.ts'
import { malformed } from './failure.ts'

/** What an object looks like from outside. */
export interface S3File {
  id: string
  key: string
  name: string
  size: number
  contentType?: string
  updatedAt?: string
  contentHash: string
}

/** What S3 tells of an object. */
export interface Told {
  readonly ETag?: string | undefined
  readonly LastModified?: Date | undefined
  readonly ContentType?: string | undefined
}

/** Whether a path beneath the prefix is one of a file. Other programs may have stored what is none. */
export const isKey = (path: string): boolean => keySchema.safeParse(path).success && path.isWellFormed()

/** What every key in the bucket begins with. */
export const rootOf = ({ prefix }: Settings): string => (prefix === undefined ? '' : `${prefix}/`)

/** Where an object is. */
export function placeOf(settings: Settings, key: string): { Bucket: string; Key: string } {
  return { Bucket: settings.bucket, Key: rootOf(settings) + key }
}

/** The last part of a path. */
export const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

/** A file of what S3 tells. Without an ETag it was not S3 that answered. */
export function fileFrom(key: string, size: number | undefined, { ETag, LastModified, ContentType }: Told): S3File {
  if (ETag === undefined || size === undefined)
    throw malformed(`what was answered for '${key}' does not come from S3: it has no ETag or no size`)
  return {
    id: key,
    key,
    name: nameOf(key),
    size,
    ...(ContentType !== undefined && { contentType: ContentType }),
    ...(LastModified !== undefined && { updatedAt: LastModified.toISOString() }),
    contentHash: ETag.replace(/^"(.*)"$/, '$1'),
  }
}
