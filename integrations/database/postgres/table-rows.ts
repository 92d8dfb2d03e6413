import { cursorRefusal, refusal } from '../failure.ts'
import type { Fields, Item, Rows } from '../rows.ts'
import type { Send, Statement, Texts } from './connections.ts'
import { failureOf, isOfData, stateOf } from './failure.ts'
import { type Assignment, assignments, insert, itemFrom, remove, selectAfter, selectOne, update } from './statements.ts'
import type { Table } from './table.ts'

/** The rows of a table as items. */
export class TableRows implements Rows {
  readonly list: readonly string[]
  readonly #table: Table
  readonly #send: Send

  constructor(table: Table, send: Send) {
    this.list = [table.name, table.id.name]
    this.#table = table
    this.#send = send
  }

  async after(id: string | undefined, limit: number): Promise<readonly Item[]> {
    const rows = await this.#send(selectAfter(this.#table, id, limit)).catch((error: unknown) => {
      throw isOfData(error) ? cursorRefusal(error) : failureOf(error, () => undefined)
    })
    return rows.map((row) => itemFrom(this.#table, row))
  }

  async read(id: string): Promise<Item | undefined> {
    const [row] = await this.#rowsWith(selectOne(this.#table, id))
    return row && itemFrom(this.#table, row)
  }

  async create(draft: Fields): Promise<Item> {
    const given = assignments(this.#table, draft, 'draft')
    const [row] = await this.#sendGiven(insert(this.#table, given), given)
    if (!row) throw refusal('the table took the row and kept none: a rule or a trigger of it forbids it')
    return itemFrom(this.#table, row)
  }

  async update(id: string, changes: Fields): Promise<Item | undefined> {
    const given = assignments(this.#table, changes, 'changes')
    const [row] = await this.#sendGiven(update(this.#table, id, given), given)
    return row && itemFrom(this.#table, row)
  }

  async delete(id: string): Promise<boolean> {
    const rows = await this.#rowsWith(remove(this.#table, id))
    return rows.length > 0
  }

  /** The rows of a statement that goes by an id. What is no id of this table is that of no row. */
  async #rowsWith(statement: Statement): Promise<readonly Texts[]> {
    try {
      return await this.#send(statement)
    } catch (error) {
      if (stateOf(error).startsWith('22')) return []
      throw failureOf(error, () => undefined)
    }
  }

  async #sendGiven(statement: Statement, given: readonly Assignment[]): Promise<readonly Texts[]> {
    try {
      return await this.#send(statement)
    } catch (error) {
      throw await this.#refused(error, given)
    }
  }

  /** What a row is refused with, and for which of its columns. */
  async #refused(error: unknown, given: readonly Assignment[]): Promise<unknown> {
    const culprit = isOfType(error) ? await this.#notOfItsType(given) : undefined
    if (culprit)
      return refusal(
        `the column '${culprit.column}' is of the type ${culprit.type}, and does not take this (${stateOf(error)})`,
        culprit.place,
        error,
      )
    return failureOf(error, (columns) => given.find(({ column }) => columns.includes(column))?.place ?? columns[0])
  }

  /** The first one that is no value of its type. The database does not say which column it was. */
  async #notOfItsType(given: readonly Assignment[]): Promise<Assignment | undefined> {
    for (const one of given) {
      // A cast would cut it off.
      const most = /^character(?: varying)?\((\d+)\)$/.exec(one.type)?.[1]
      if (most !== undefined && typeof one.value === 'string' && Array.from(one.value).length > Number(most)) return one
      try {
        await this.#send({ text: `SELECT ($1::${one.type})::text`, values: [one.value] })
      } catch (error) {
        if (isOfType(error)) return one
      }
    }
    return undefined
  }
}

/** Whether a value is none of a type, or a check forbids it: domains have such as well as tables. */
const isOfType = (error: unknown): boolean => /^(?:22...|23514)$/.test(stateOf(error))
