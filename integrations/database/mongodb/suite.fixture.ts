import database from '@plugboard/database'
import { ObjectId } from 'mongodb'
import crud from 'plugboard/interfaces/crud/contract'
import { type SetUp, type Situation, suiteSetUp } from 'plugboard/testing'
import { MongoServer } from './mongo-server.fixture.ts'
import { type Answer, nonsense, Wire } from './wire.fixture.ts'

/** What stands in for MongoDB, with a collection of people, and a way to it on which it has bad days. */
export async function mongoSetUp(): Promise<SetUp> {
  const server = await MongoServer.start()
  const wire = await Wire.to(server.port)
  const people = await server.collection('people')
  const id = '6a0000000000000000000001'
  const first = { _id: new ObjectId(id), name: 'Person 1' }
  await people.insertMany([first, { name: 'Person 2' }, { name: 'Person 3' }, { name: 'Person 4' }])

  const configuration = { url: wire.url, collection: 'people', updatedField: 'changed' }
  /** Whatever is listed is answered like this. */
  const instead = (answer: Answer): Situation => ({
    before: () => {
      wire.answering = ({ find }) => (find === 'people' ? answer : undefined)
    },
    after: () => {
      wire.answering = () => undefined
    },
  })
  const failing = (code: number, codeName: string, errmsg: string) => instead({ ok: 0, code, codeName, errmsg })
  const provider = { integration: database, configurationType: 'mongodb', configuration }
  const suite = suiteSetUp('crud over a collection of MongoDB', crud, {
    ...provider,
    entities: {
      draft: [
        {
          name: 'Ada',
          age: 36,
          born: { $date: '1815-12-10T00:00:00.000Z' },
          traits: { likes: ['numbers', 7, null] },
          boss: { $oid: id },
        },
        { name: 'Emmy', age: 53.5 },
        { name: "'; db.people.drop(); //" },
      ],
      changes: [{ name: 'Ada Lovelace', traits: [] }, { age: null }],
    },
    situations: {
      unauthorized: failing(18, 'AuthenticationFailed', 'Authentication failed.'),
      rateLimited: { ...failing(16_500, 'TooManyRequests', 'RetryAfterMs=1500'), retryAfter: 1500 },
      unavailable: instead('break'),
      malformed: instead(nonsense),
      slow: instead('nothing'),
      refused: { action: 'createItem', input: { draft: { name: { $gt: '' } } } },
      refusedDraft: {
        action: 'createItem',
        input: { draft: { name: 'Nobody', id } },
        before: async () => {
          await people.deleteOne({ _id: first._id })
          await people.insertOne(first)
        },
      },
    },
    date: '2026-11-29',
    report: new URL('../conformance/mongodb.json', import.meta.url),
  })
  return {
    provider,
    suites: [suite],
    stop: async () => {
      await wire[Symbol.asyncDispose]()
      await server[Symbol.asyncDispose]()
    },
  }
}
