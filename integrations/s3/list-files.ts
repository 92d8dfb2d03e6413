import { ListObjectsV2Command, type ListObjectsV2CommandOutput } from '@aws-sdk/client-s3'
import { cursors, z } from 'plugboard'
import { ask, type Call } from './connection.ts'
import { malformed, refuse } from './failure.ts'
import { fileFrom, isKey, nameOf, rootOf, type S3File } from './place.ts'

/** How many a page holds where the caller does not say. */
const usualPage = 100
const longestPage = 1000
/** How S3 calls the place where a list goes on. */
const place = z.tuple([z.string()])

export interface Paging {
  readonly cursor?: string | undefined
  readonly limit?: number | undefined
}
export interface Folder {
  id: string
  name: string
}
interface Page {
  files: S3File[]
  folders: Folder[]
  nextCursor: string | undefined
}

/** A page of the files whose keys begin with a prefix. */
export async function listFiles(
  call: Call,
  { prefix = '', ...paging }: Paging & { prefix?: string | undefined },
): Promise<{ files: S3File[]; nextCursor: string | undefined }> {
  if (!prefix.isWellFormed()) refuse('the prefix holds half a character', 'prefix')
  const { files, nextCursor } = await pageOf(call, { prefix, isDeep: true }, paging)
  return { files, nextCursor }
}

/** A page of what is directly in a folder. */
export async function listFolder(call: Call, folder: Folder | undefined, paging: Paging): Promise<Page> {
  const id = folder?.id
  if (id !== undefined && !isKey(id)) refuse(`there is no folder '${id}'`, 'folder')
  const asked = { prefix: id === undefined ? '' : `${id}/`, isDeep: false }
  const { isBare, ...page } = await pageOf(call, asked, paging)
  // A folder is what keys have in common, so that one without keys is none.
  if (isBare && id !== undefined && paging.cursor === undefined) refuse(`there is no folder '${id}'`, 'folder')
  return page
}

/** Looks whether the bucket is there and may be listed. */
export async function lookAtBucket(call: Call): Promise<void> {
  await pageOf(call, { prefix: '', isDeep: true }, { limit: 1 })
}

/** What is listed. */
interface Asked {
  readonly prefix: string
  /** Whether what lies deeper is listed as well. */
  readonly isDeep: boolean
}

async function pageOf(
  call: Call,
  { prefix, isDeep }: Asked,
  { cursor, limit = usualPage }: Paging,
): Promise<Page & { isBare: boolean }> {
  const { bucket } = call.configuration
  const root = rootOf(call.configuration)
  const list = JSON.stringify([bucket, root + prefix, isDeep])
  const [token] = cursors.placeOf(list, place, cursor) ?? []
  const request = {
    Bucket: bucket,
    Prefix: root + prefix,
    MaxKeys: Math.min(limit, longestPage),
    // XML cannot hold every key.
    EncodingType: 'url' as const,
    ContinuationToken: token,
    Delimiter: isDeep ? undefined : '/',
  }
  const path = cursor === undefined ? undefined : 'cursor'
  const answer = await ask(call, { what: 'the files cannot be listed', path }, async (client, options) =>
    client.send(new ListObjectsV2Command(request), options),
  )
  const { IsTruncated, NextContinuationToken: next, Contents = [], CommonPrefixes = [] } = answer
  if (IsTruncated === undefined || (IsTruncated && !next))
    throw malformed('what was answered for a list does not come from S3: it does not say whether it goes on')
  const nameFrom = nameReader(answer, root)
  const files = Contents.map(({ Key = '', Size, ...told }) => ({ key: nameFrom(Key), size: Size, told }))
  const folders = CommonPrefixes.map(({ Prefix = '' }) => nameFrom(Prefix).replace(/\/$/, ''))
  return {
    files: files.filter(({ key }) => isKey(key)).map(({ key, size, told }) => fileFrom(key, size, told)),
    folders: folders.filter(isKey).map((id) => ({ id, name: nameOf(id) })),
    nextCursor: IsTruncated && next ? cursors.at(list, [next]) : undefined,
    isBare: Contents.length + CommonPrefixes.length === 0,
  }
}

/** Reads names as they are told, without what they all begin with. Servers that do not encode them do not say that they do. */
function nameReader({ EncodingType }: ListObjectsV2CommandOutput, root: string): (told: string) => string {
  return (told) => {
    const name = EncodingType === 'url' ? decoded(told) : told
    return name.startsWith(root) ? name.slice(root.length) : ''
  }
}

function decoded(told: string): string {
  try {
    return decodeURIComponent(told.replaceAll('+', ' '))
  } catch (error) {
    throw malformed('what was answered for a list does not come from S3: a key is not encoded as it says', error)
  }
}
