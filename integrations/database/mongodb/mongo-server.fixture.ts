import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { CongoServer } from '@push.rocks/smartmongo/dist_ts/congodb/index.js'
import { type Collection, MongoClient } from 'mongodb'

/** Stands in for MongoDB: speaks its protocol, and keeps what it is given in memory. It knows keys of the type ObjectId alone. */
export class MongoServer implements AsyncDisposable {
  readonly port: number
  readonly #server: CongoServer
  readonly #client: MongoClient

  private constructor(port: number, server: CongoServer) {
    this.port = port
    this.#server = server
    this.#client = new MongoClient(this.url)
  }

  static async start(): Promise<MongoServer> {
    const probe = createServer().listen(0, '127.0.0.1')
    await once(probe, 'listening')
    const { port } = probe.address() as AddressInfo
    probe.close()
    await once(probe, 'close')
    const server = new CongoServer({ port, host: '127.0.0.1' })
    await server.start()
    return new MongoServer(port, server)
  }

  get url(): string {
    return `mongodb://127.0.0.1:${this.port}/plugboard`
  }

  /** A collection, created where it is not there. */
  async collection(name: string): Promise<Collection> {
    const database = this.#client.db()
    const [found] = await database.listCollections({ name }).toArray()
    return found ? database.collection(name) : database.createCollection(name)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#client.close()
    await this.#server.stop()
  }
}
