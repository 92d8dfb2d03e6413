import { type Collection, MongoClient } from 'mongodb'
import type { CollectionSettings } from '../configuration.ts'
import { absence, refusal } from '../failure.ts'
import type { Database, Rows } from '../rows.ts'
import { abortedBy, DocumentRows } from './document-rows.ts'
import { failureOf } from './failure.ts'

/** What the driver is told unless the connection string says otherwise. Whether a call is tried again is for the bot to say. */
const defaults = { retryReads: false, retryWrites: false, serverSelectionTimeoutMS: 10_000 }

/** A collection of MongoDB, with the connections to its servers. */
export class Mongo implements Database {
  readonly #settings: CollectionSettings
  readonly #client: MongoClient
  readonly #collection: Collection

  constructor(settings: CollectionSettings) {
    const { url, database, collection, connections } = settings
    this.#settings = settings
    try {
      this.#client = new MongoClient(url, {
        appName: 'plugboard',
        maxPoolSize: connections,
        ...Object.fromEntries(Object.entries(defaults).filter(([name]) => !new RegExp(`[?&]${name}=`, 'i').test(url))),
      })
      this.#collection = this.#client.db(database).collection(collection)
    } catch (error) {
      // What the driver says of a connection string may quote it, and with it the password.
      const why = error instanceof Error && /^option\(?s?\)? [\w, ]+ (?:is|are) not supported$/.test(error.message)
      throw refusal(
        `the driver takes no such connection string${why ? `: ${error.message}` : ''}; look at \`url\` and the names in the configuration`,
      )
    }
  }

  async check(signal: AbortSignal): Promise<void> {
    const { collection, idField } = this.#settings
    const { dbName } = this.#collection
    try {
      const [found] = await this.#client
        .db(dbName)
        .listCollections({ name: collection }, { nameOnly: true, authorizedCollections: true, signal })
        .toArray()
      if (!found)
        throw absence(
          `there is no collection '${collection}' in the database '${dbName}': look at the configuration, or create it`,
        )
      if (idField !== '_id' && found.type !== 'view') await this.#demandUnique(idField, signal)
    } catch (error) {
      throw failureOf(error, signal, (field) => field)
    }
  }

  async rows(signal: AbortSignal): Promise<Rows> {
    return new DocumentRows(this.#collection, this.#settings, signal)
  }

  close(): Promise<void> {
    return this.#client.close()
  }

  async #demandUnique(field: string, signal: AbortSignal): Promise<void> {
    const indexes = await this.#collection.listIndexes(abortedBy(signal)).toArray()
    const isUnique = indexes.some(({ key, unique, sparse, partialFilterExpression }) => {
      const names = Object.keys((key ?? {}) as object)
      return unique === true && !sparse && !partialFilterExpression && names.length === 1 && names[0] === field
    })
    if (!isUnique)
      throw refusal(
        `the field '${field}' tells no documents apart: it needs a unique index of its own, over all of them`,
      )
  }
}
