import { expect, test } from 'vitest'
import { env, z } from 'plugboard'
import type { Schema } from '../../definition/schema.ts'
import { resolveConfiguration } from './resolve-configuration.ts'

const fields = { token: z.string(), size: z.number().default(5) }
const resolve = (schema: Schema | undefined, written: Record<string, unknown>) =>
  resolveConfiguration('shop', "integration 'shop'", schema, written, { TOKEN: 'abc' })

test('a key that the schema would drop is refused beside everything else that is wrong, with those that there are', () => {
  const { value, problems } = resolve(z.object(fields), { token: 1, sise: 9, key: env('NOT_SET') })
  expect(value).toBeUndefined()
  expect(problems.map(({ code, path }) => `${code} ${path}`)).toEqual([
    'configuration_invalid shop.configuration.sise',
    'configuration_invalid shop.configuration.key',
    'configuration_invalid shop.configuration.token',
  ])
  expect(problems[0]).toMatchObject({
    message: "integration 'shop': there is no 'sise' in the configuration.",
    remedy: "It takes 'token', 'size'.",
  })
})

test('a key is refused where no configuration is declared', () => {
  expect(resolve(undefined, { token: 'abc' }).problems).toMatchObject([{ remedy: 'It takes none.' }])
})

test.each([
  ['loose', z.looseObject(fields)],
  ['catching', z.object(fields).catchall(z.number())],
  ['a record', z.record(z.string(), z.unknown())],
  ['a union', z.union([z.object(fields), z.object({ more: z.number() })])],
])('a key that is not declared is left to a schema that is %s', (_, schema) => {
  expect(resolve(schema, { token: env('TOKEN'), more: 1 }).problems).toEqual([])
})
