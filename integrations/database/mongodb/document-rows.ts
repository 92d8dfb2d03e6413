import { BSON, type Collection, type Document, ObjectId } from 'mongodb'
import type { CollectionSettings } from '../configuration.ts'
import { refusal } from '../failure.ts'
import type { Fields, Item, Json, Rows } from '../rows.ts'
import { failureOf } from './failure.ts'
import { asStored, behind, idOf, keyOf } from './key.ts'
import { jsonFrom, valueFrom } from './value.ts'

const mostBytes = 16 * 1024 * 1024

/** The option by which the driver gives up whatever it does; its types tell of it where it reads alone. */
export const abortedBy = (signal: AbortSignal): object => ({ signal })

/** The documents of a collection as items. */
export class DocumentRows implements Rows {
  readonly list: readonly string[]
  readonly #collection: Collection
  readonly #settings: CollectionSettings
  readonly #signal: AbortSignal
  readonly #projection: Document

  constructor(collection: Collection, settings: CollectionSettings, signal: AbortSignal) {
    const { idField, fields } = settings
    this.list = [collection.dbName, collection.collectionName, idField]
    this.#collection = collection
    this.#settings = settings
    this.#signal = signal
    const shown = fields && Object.fromEntries([idField, ...fields].map((name) => [name, 1]))
    this.#projection = shown ? { projection: '_id' in shown ? shown : { ...shown, _id: 0 } } : {}
  }

  async after(id: string | undefined, limit: number): Promise<readonly Item[]> {
    const { idField } = this.#settings
    const filter = id === undefined ? {} : behind(idField, keyOf(id))
    const options = { ...this.#projection, limit, signal: this.#signal }
    const documents = await this.#try(
      this.#collection
        .find(filter, options)
        .sort({ [idField]: 1 })
        .toArray(),
    )
    return documents.map((document) => this.#itemFrom(document))
  }

  async read(id: string): Promise<Item | undefined> {
    const document = await this.#try(
      this.#collection.findOne(this.#isKey(keyOf(id)), { ...this.#projection, signal: this.#signal }),
    )
    const item = document && this.#itemFrom(document)
    // The database takes other keys for equal, such as 7 and the decimal 7, and texts by the collation of the collection.
    return item?.id === id ? item : undefined
  }

  async create(draft: Fields): Promise<Item> {
    const { idField, createdField, updatedField } = this.#settings
    const { id, ...others } = draft
    const given = this.#given(others, 'draft')
    const key = id === undefined ? undefined : this.#keyFrom(id)
    if (key === undefined && idField !== '_id')
      throw refusal(`nothing but a draft says what is in the field '${idField}': give it an id`, 'draft.id')
    const own = idField === '_id' ? { _id: key ?? new ObjectId() } : { _id: new ObjectId(), [idField]: key }
    const document: Document = { ...own, ...given, ...this.#times(createdField, updatedField) }
    await this.#try(this.#collection.insertOne(document, abortedBy(this.#signal)), 'draft')
    return this.#itemFrom(asStored(document))
  }

  async update(id: string, changes: Fields): Promise<Item | undefined> {
    const given = this.#given(changes, 'changes')
    const $set = { ...given, ...this.#times(this.#settings.updatedField) }
    const options = { ...this.#projection, ...abortedBy(this.#signal), returnDocument: 'after' as const }
    const updating = this.#collection.findOneAndUpdate(this.#isKey(keyOf(id)), { $set }, options)
    const document = await this.#try(updating, 'changes')
    return document ? this.#itemFrom(document) : undefined
  }

  async delete(id: string): Promise<boolean> {
    if (!(await this.read(id))) return false
    const deleting = this.#collection.deleteOne(this.#isKey(keyOf(id)), abortedBy(this.#signal))
    const { deletedCount } = await this.#try(deleting)
    return deletedCount > 0
  }

  /** Whatever the key is, it is compared and no condition. */
  #isKey(key: unknown): Document {
    return { [this.#settings.idField]: { $eq: key } }
  }

  #keyFrom(id: Json): unknown {
    const value = typeof id === 'string' ? keyOf(id) : valueFrom(id, 'draft.id')
    if (value === null || Array.isArray(value)) throw refusal('an id is a value, and no list', 'draft.id')
    return value
  }

  /** What fields are to hold, by a draft or by changes. */
  #given(fields: Fields, from: 'draft' | 'changes'): { [field: string]: unknown } {
    const { idField, createdField, updatedField, fields: known } = this.#settings
    const given = Object.entries(fields).flatMap(([name, json]) => {
      if (json === undefined) return []
      const place = `${from}.${name}`
      if (name === 'id') throw refusal('the id of an item stays', place)
      if (name === idField) throw refusal(`the field '${name}' is the id of the item: give it as 'id'`, place)
      if (/^\$|[.\0]|^$/.test(name))
        throw refusal(`no field is called '${name}': a name is not empty, begins with no '$' and holds no dot`, place)
      if (name === createdField || name === updatedField)
        throw refusal(`the field '${name}' is set to the time by itself`, place)
      if (known && !known.includes(name))
        throw refusal(`the configuration has no field '${name}'; it has '${known.join("', '")}'`, place)
      return [[name, valueFrom(json, place)] as const]
    })
    const values = Object.fromEntries(given)
    if (BSON.calculateObjectSize(values) > mostBytes)
      throw refusal('it is larger than the 16 MiB that a document holds', from)
    return values
  }

  #times(...fields: readonly (string | undefined)[]): { [field: string]: Date } {
    const now = new Date()
    return Object.fromEntries(fields.flatMap((name) => (name === undefined ? [] : [[name, now] as const])))
  }

  #itemFrom(document: Document): Item {
    const { idField, fields: known } = this.#settings
    const key: unknown = document[idField]
    if (Array.isArray(key))
      throw refusal(`the field '${idField}' of a document holds a list, which tells nothing apart`)
    const fields = Object.entries(document)
      .filter(([name]) => name !== idField && name !== 'id' && (known?.includes(name) ?? true))
      .map(([name, value]) => [name, jsonFrom(value)] as const)
    return Object.fromEntries([['id', idOf(key)], ...fields]) as Item
  }

  async #try<T>(work: Promise<T>, from?: 'draft' | 'changes'): Promise<T> {
    try {
      return await work
    } catch (error) {
      const { idField } = this.#settings
      throw failureOf(error, this.#signal, (field) =>
        from === undefined ? field : `${from}.${field === idField ? 'id' : field}`,
      )
    }
  }
}
