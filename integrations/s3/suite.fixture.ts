import s3 from '@plugboard/s3'
import deletable from 'plugboard/interfaces/deletable/contract'
import filesReadonly from 'plugboard/interfaces/files-readonly/contract'
import listable from 'plugboard/interfaces/listable/contract'
import readable from 'plugboard/interfaces/readable/contract'
import storage from 'plugboard/interfaces/storage/contract'
import { type SetUp, type Situation, suiteSetUp } from 'plugboard/testing'
import { type Answer, bucket, BucketServer, fails } from './bucket-server.fixture.ts'
import { access, region } from './signature.fixture.ts'

/** More answers than are asked for: whoever tries again meets the same. */
const mostAnswers = 6

/** What a bad day of S3 is like, at the operation that an action asks for first. */
function situationsOf(server: BucketServer, action: string, operation: string): Readonly<Record<string, Situation>> {
  const instead = (answer: Answer): Situation => ({
    action,
    before: () => server.instead(operation, ...Array.from({ length: mostAnswers }, () => answer)),
    after: () => server.forget(),
  })
  return {
    unauthorized: instead(fails('SignatureDoesNotMatch', 403)),
    rateLimited: { ...instead(fails('SlowDown', 503, { 'retry-after': '3' })), retryAfter: 3000 },
    unavailable: instead((response) => response.destroy()),
    malformed: instead((response) => response.writeHead(200).end('<ListBucketResult><Name>')),
    slow: instead(() => {}),
  }
}

export default async function setUp(): Promise<SetUp> {
  const server = await BucketServer.start()
  /** A part of the bucket for each suite, with files and a folder in it. */
  const optionsFor = (prefix: string, times = 600_000) => {
    for (const key of ['two.txt', 'deep/three.txt', 'deep/deeper/four.txt']) server.put(`${prefix}/${key}`, key)
    // So long that whoever leaves does so before its end.
    server.put(`${prefix}/one.txt`, 'one.txt'.repeat(times))
    const configuration = { ...access, bucket, region, prefix, endpoint: server.url, forcePathStyle: true }
    return { integration: s3, configuration, date: '2026-11-29' }
  }
  const report = (name: string) => new URL(`conformance/${name}.json`, import.meta.url)
  const file = { id: 'one.txt', key: 'one.txt', name: 'one.txt', size: 4_200_000, contentHash: 'of-no-matter' }
  const again = async () => {
    server.put('deletable/one.txt', 'again')
    return { item: file }
  }
  const { date: _, ...provider } = optionsFor('used', 100)
  return {
    provider,
    suites: [
      suiteSetUp('storage', storage, {
        ...optionsFor('storage'),
        samples: { getFile: { key: 'one.txt' } },
        situations: {
          ...situationsOf(server, 'getFile', 'GetObject'),
          refused: { action: 'getFile', input: { key: 'nothing-here' } },
        },
        report: report('storage'),
      }),
      suiteSetUp('files-readonly', filesReadonly, {
        ...optionsFor('files-readonly'),
        entities: { file: [file], folder: [{ id: 'deep', name: 'deep' }] },
        situations: {
          ...situationsOf(server, 'listItemsInFolder', 'ListObjectsV2'),
          refused: { action: 'listItemsInFolder', input: { folder: { id: 'nowhere', name: 'nowhere' } } },
        },
        report: report('files-readonly'),
      }),
      suiteSetUp('listable', listable, {
        ...optionsFor('listable'),
        situations: {
          ...situationsOf(server, 'listItems', 'ListObjectsV2'),
          refused: { action: 'listItems', input: { cursor: 'of no list' } },
        },
        report: report('listable'),
      }),
      suiteSetUp('readable', readable, {
        ...optionsFor('readable'),
        samples: { readItem: { id: 'deep/three.txt' } },
        situations: {
          ...situationsOf(server, 'readItem', 'HeadObject'),
          refused: { action: 'readItem', input: { id: 'nothing-here' } },
        },
        report: report('readable'),
      }),
      suiteSetUp('deletable', deletable, {
        ...optionsFor('deletable'),
        entities: { item: [file] },
        samples: { deleteItem: again },
        situations: situationsOf(server, 'deleteItem', 'HeadObject'),
        report: report('deletable'),
      }),
    ],
    stop: () => server[Symbol.asyncDispose](),
  }
}
