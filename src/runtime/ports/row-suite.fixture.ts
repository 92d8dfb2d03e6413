import {
  array,
  assert,
  asyncProperty,
  constant,
  constantFrom,
  integer,
  letrec,
  oneof,
  option,
  record,
} from 'fast-check'
import { describe, expect, it } from 'vitest'
import { VirtualClock } from '../../container/policies/virtual-clock.fixture.ts'
import type { ColumnTest, Columns, RowCondition, RowOrder, RowWrite } from './row-store.ts'
import type { Effects } from './lane-store.ts'
import type { Store } from './store.ts'

const nothing: Effects = { messages: [], events: [], states: [], tags: [] }
const table = { owner: 'shop', table: 'orders' }

/** What every store promises of tables. `make` gives an empty one that goes by the clock. */
export function testRows(name: string, make: (clock: VirtualClock) => Promise<Store>): void {
  const start = async () => {
    const clock = new VirtualClock()
    const store = await make(clock)
    const write = async (...rows: Unwritten[]) => {
      const at = clock.now()
      await store.apply('shop', { ...nothing, rows: rows.map((row): RowWrite => ({ at, ...row })) })
    }
    const create = async (id: string, columns: Columns) => write({ ...table, kind: 'create', id, columns })
    const idsOf = async (request: Partial<Parameters<Store['findTableRows']>[0]> = {}) =>
      (await store.findTableRows({ ...table, limit: 100, ...request })).items.map(({ id }) => id)
    const where = (condition: RowCondition) => idsOf({ condition })
    const get = async (id: string) => (await store.getTableRow(table, id))?.columns
    return Object.assign(store, { clock, write, create, idsOf, where, get })
  }
  const column = (name: string, test: ColumnTest): RowCondition => ({ kind: 'column', column: name, test })
  const equal = (name: string, value: string | number | boolean): RowCondition =>
    column(name, { operator: 'in', values: [value] })

  describe(`the tables of the ${name} store`, () => {
    it('keep rows as they were given, with the times at which they were made and changed', async () => {
      await using store = await start()
      const columns = {
        text: 'a\n"b"\\ü😀',
        number: -1.5e300,
        flag: false,
        none: null,
        list: [1, { a: [] }],
        deep: { b: 1 },
      }
      const createdAt = store.clock.now()
      await store.create('1', columns)
      await store.clock.advance(1000)
      await store.write({ ...table, kind: 'update', id: '1', set: { flag: true }, unset: ['none'] })
      const { none: _, ...left } = columns
      expect(await store.getTableRow(table, '1')).toEqual({
        id: '1',
        columns: { ...left, flag: true },
        createdAt,
        updatedAt: createdAt + 1000,
      })
      for (const other of [{ owner: 'other' }, { table: 'other' }]) {
        expect(await store.getTableRow({ ...table, ...other }, '1')).toBeUndefined()
        expect(await store.idsOf(other)).toEqual([])
      }
    })

    it('write what one handler does in its order, all of it or nothing', async () => {
      await using store = await start()
      const make = (id: string): Unwritten => ({ ...table, kind: 'create', id, columns: { n: 1 } })
      await store.write(make('1'), { ...table, kind: 'update', id: '1', set: { n: 2 }, unset: [] }, make('2'), {
        ...table,
        kind: 'delete',
        ids: ['2'],
      })
      expect(await store.idsOf()).toEqual(['1'])
      expect(await store.get('1')).toEqual({ n: 2 })
      await expect(store.write(make('3'), make('1'))).rejects.toThrow(/unique/i)
      expect(await store.idsOf()).toEqual(['1'])
      await store.write({ ...table, kind: 'update', id: 'gone', set: { n: 1 }, unset: [] })
      expect(await store.idsOf()).toEqual(['1'])
    })

    it('make one row of a key, also for those who ask at once, and leave what they do not name as it is', async () => {
      await using store = await start()
      const upsert = (id: string, set: Columns, columns: Columns = set): Unwritten => ({
        ...table,
        kind: 'upsert',
        key: 'sku',
        id,
        set,
        columns,
      })
      const many = Array.from({ length: 8 }, (_, index) => `${index}`)
      await Promise.all(
        many.map((id) => store.write(upsert(id, { sku: 'a', [id]: id }, { sku: 'a', stock: 0, [id]: id }))),
      )
      const [id = ''] = await store.idsOf()
      expect(await store.idsOf()).toHaveLength(1)
      expect(await store.get(id)).toEqual({ sku: 'a', stock: 0, ...Object.fromEntries(many.map((one) => [one, one])) })
      await store.write(upsert('x', { sku: 'b' }), upsert('y', { sku: 'b', stock: 3 }))
      expect(await store.get('x')).toEqual({ sku: 'b', stock: 3 })
      await store.write({ ...table, kind: 'update', id: 'x', set: { sku: 'c' }, unset: [] })
      await store.write(upsert('x', { sku: 'b' }))
      expect(await store.where(equal('sku', 'b'))).toHaveLength(1)
      expect(await store.where(equal('sku', 'c'))).toEqual(['x'])
    })

    it('tell values of different types apart, and long ones from others that begin alike', async () => {
      await using store = await start()
      const long = 'x'.repeat(5000)
      const values = { text: '1', number: 1, flag: true, word: 'true', none: null, long, longer: `${long}y`, list: [1] }
      for (const [id, value] of Object.entries(values)) await store.create(id, { value })
      for (const [id, value] of Object.entries(values))
        if (value !== null && typeof value !== 'object') expect(await store.where(equal('value', value))).toEqual([id])
      expect(await store.where(column('value', { operator: 'gt', value: 0 }))).toEqual(['number'])
      expect(await store.where(column('value', { operator: 'gte', value: 'y' }))).toEqual([])
      expect(await store.where(column('value', { operator: 'contains', value: 1 }))).toEqual(['list'])
      expect(await store.where({ kind: 'not', of: column('value', { operator: 'exists' }) })).toEqual(['none'])
    })

    it('take any text for the name of a column, or for a value', async () => {
      await using store = await start()
      const hostile = [
        `'; drop table table_rows; --`,
        `" or 1=1 --`,
        '$.a',
        '$[0]',
        'a.b',
        'a"b',
        "a'b",
        '\\',
        '{a,b}',
        '?',
        ':x',
        '$1',
        '%',
        '',
        ' ',
        'ключ',
        '😀',
        'constructor',
        '__proto__',
      ]
      for (const [index, text] of hostile.entries())
        await store.create(
          `r${String(index).padStart(2, '0')}`,
          Object.fromEntries([
            [text, text],
            ['plain', index],
          ]),
        )
      for (const [index, text] of hostile.entries()) {
        const only = [`r${String(index).padStart(2, '0')}`]
        expect(await store.where(equal(text, text)), text).toEqual(only)
        expect(await store.where(column(text, { operator: 'contains', value: text })), text).toEqual(only)
        expect(await store.where(column(text, { operator: 'lte', value: text })), text).toEqual(only)
        expect(await store.where(column(text, { operator: 'exists' })), text).toEqual(only)
        const order: RowOrder = { by: { column: text }, descending: false }
        expect((await store.idsOf({ order }))[0], text).toBe(only[0])
        await store.write({ ...table, kind: 'update', id: only[0]!, set: {}, unset: [text] })
        expect(await store.where(column(text, { operator: 'exists' })), text).toEqual([])
      }
      expect(await store.idsOf()).toHaveLength(hostile.length)
    })

    it('are found by what every row has, and listed the newest first', async () => {
      await using store = await start()
      const times: number[] = []
      for (const id of ['a', 'b', 'c']) {
        times.push(store.clock.now())
        await store.create(id, {})
        await store.clock.advance(1000)
      }
      const fact = (test: ColumnTest): RowCondition => ({ kind: 'fact', fact: 'createdAt', test })
      expect(await store.where(fact({ operator: 'gt', value: times[0]! }))).toEqual(['b', 'c'])
      expect(await store.where(fact({ operator: 'in', values: [times[1]!] }))).toEqual(['b'])
      const id = { kind: 'fact', fact: 'id', test: { operator: 'in', values: ['a', 'c'] } } as const
      expect(await store.where(id)).toEqual(['a', 'c'])
      expect(await store.idsOf({ order: { by: { fact: 'createdAt' }, descending: true } })).toEqual(['c', 'b', 'a'])
      expect(await store.idsOf({ order: { by: { fact: 'id' }, descending: true } })).toEqual(['c', 'b', 'a'])
    })

    it('go on where they were when rows have come and gone meanwhile, and refuse a cursor that is none', async () => {
      await using store = await start()
      for (const n of [10, 20, 30, 40, 50]) await store.create(`${n}`, { n })
      const order: RowOrder = { by: { column: 'n' }, descending: true }
      const first = await store.findTableRows({ ...table, order, limit: 2 })
      expect(first.items.map(({ id }) => id)).toEqual(['50', '40'])
      await store.create('45', { n: 45 })
      await store.create('5', { n: 5 })
      await store.write({ ...table, kind: 'delete', ids: ['40', '30'] })
      const second = await store.findTableRows({ ...table, order, limit: 3, cursor: first.nextCursor })
      expect(second.items.map(({ id }) => id)).toEqual(['20', '10', '5'])
      expect(second.nextCursor).toBeUndefined()
      const invalid = { code: 'cursor_invalid' }
      for (const cursor of ['', 'nonsense', first.nextCursor])
        await expect(store.findTableRows({ ...table, limit: 1, cursor })).rejects.toMatchObject(invalid)
    })

    it('find and order as a plain look at every row does', async () => {
      await using store = await start()
      const written = new Map<string, Columns>()
      let last = 0
      await assert(
        asyncProperty(
          array(columnsOf, { maxLength: 6 }),
          conditionOf,
          orderOf,
          integer({ min: 1, max: 4 }),
          async (rows, condition, order, limit) => {
            for (const columns of rows) {
              last += 1
              const id = String(last).padStart(5, '0')
              written.set(id, columns)
              await store.create(id, columns)
            }
            const found: string[] = []
            let cursor: string | undefined
            do {
              const page = await store.findTableRows({ ...table, condition, order, limit: limit * 7, cursor })
              found.push(...page.items.map(({ id }) => id))
              cursor = page.nextCursor
            } while (cursor !== undefined)
            expect(found).toEqual(modelled(written, condition, order))
          },
        ),
        { numRuns: 60 },
      )
    })
  })
}

type Unwritten = RowWrite extends infer TWrite ? (TWrite extends unknown ? Omit<TWrite, 'at'> : never) : never

const values = constantFrom<unknown>(0, 1, -2.5, 1e21, '', 'a', 'ab', 'B', 'é', '1', true, false, null, ['a', 1], {
  a: 1,
})
const scalars = constantFrom<string | number | boolean>(0, 1, -2.5, 1e21, '', 'a', 'ab', 'B', 'é', '1', true, false)
const ordered = constantFrom<string | number>(0, 1, -2.5, 1e21, '', 'a', 'ab', 'B', 'é', '1')
const names = constantFrom('x', 'y')
const columnsOf = record({ x: values, y: values }, { requiredKeys: [] })
const testOf = oneof(
  record({ operator: constant('in' as const), values: array(scalars, { maxLength: 3 }) }),
  record({ operator: constantFrom('lt' as const, 'lte' as const, 'gt' as const, 'gte' as const), value: ordered }),
  record({ operator: constant('contains' as const), value: scalars }),
  constant({ operator: 'exists' as const }),
)
const { condition: conditionOf } = letrec<{ condition: RowCondition }>((tie) => ({
  condition: oneof(
    { depthSize: 'small', withCrossShrink: true },
    record({ kind: constant('column' as const), column: names, test: testOf }),
    record({ kind: constantFrom('all' as const, 'any' as const), of: array(tie('condition'), { maxLength: 3 }) }),
    record({ kind: constant('not' as const), of: tie('condition') }),
  ),
}))
const orderOf = option(record({ by: record({ column: names }), descending: constantFrom(true, false) }), {
  nil: undefined,
})

/** The ids that a look at every row finds. */
function modelled(rows: ReadonlyMap<string, Columns>, condition: RowCondition, order: RowOrder | undefined): string[] {
  const found = [...rows].filter(([, columns]) => holds(columns, condition))
  const sign = order?.descending ? -1 : 1
  const by = order && 'column' in order.by ? order.by.column : undefined
  return found
    .toSorted(([oneId, one], [otherId, other]) => {
      const difference = by === undefined ? 0 : compareValues(one[by], other[by])
      return sign * (difference || compareTexts(oneId, otherId))
    })
    .map(([id]) => id)
}

function holds(columns: Columns, condition: RowCondition): boolean {
  switch (condition.kind) {
    case 'all':
      return condition.of.every((part) => holds(columns, part))
    case 'any':
      return condition.of.some((part) => holds(columns, part))
    case 'not':
      return !holds(columns, condition.of)
    case 'column':
      return passes(columns[condition.column], condition.test)
    default:
      throw new Error('Facts are tried apart.')
  }
}

function passes(value: unknown, test: ColumnTest): boolean {
  switch (test.operator) {
    case 'in':
      return test.values.includes(value as never)
    case 'exists':
      return value !== undefined && value !== null
    case 'contains':
      if (typeof value === 'string') return typeof test.value === 'string' && value.includes(test.value)
      return Array.isArray(value) && value.includes(test.value)
    default: {
      if (typeof value !== typeof test.value) return false
      const difference = compareValues(value, test.value)
      return { lt: difference < 0, lte: difference <= 0, gt: difference > 0, gte: difference >= 0 }[test.operator]
    }
  }
}

const compareTexts = (one: string, other: string): number => Buffer.compare(Buffer.from(one), Buffer.from(other))
const rankOf = (value: unknown): number => ({ number: 1, string: 2, boolean: 3 })[typeof value as 'number'] ?? 4
function compareValues(one: unknown, other: unknown): number {
  const difference = rankOf(one) - rankOf(other)
  if (difference !== 0 || rankOf(one) === 4) return difference
  return typeof one === 'string' ? compareTexts(one, other as string) : Number(one) - Number(other)
}
