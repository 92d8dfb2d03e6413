import * as fc from 'fast-check'
import { IntegrationDefinition, InterfaceDefinition, need, PluginDefinition, z } from 'plugboard'

const words = (
  '__proto__ constructor prototype toString then toJSON hasOwnProperty default * kind name version schema ' +
  'input output messages tags to policies _zod entities'
).split(' ')
const key = fc.oneof(fc.constantFrom('', ...words), fc.string())

const plain = [undefined, null, 0, Number.NaN, -1, '', 'text', true, [], {}, [[]], [null], [undefined], ...words]
const odd = [
  () => undefined,
  async () => ({}),
  () => {
    throw new Error('thrown by a function')
  },
  function* () {},
  class {},
  Symbol('symbol'),
  10n,
  new Proxy({}, {}),
  Promise.resolve({}),
  /expression/,
  Object.create(null) as unknown,
  Object.freeze({}),
]
const schemas = [
  z.string(),
  z.object({}),
  z.object({ id: z.string() }),
  z.object({ id: undefined as never }),
  z.array(undefined as never),
  z.any(),
  z.never(),
  z.lazy(() => undefined as never),
  z.object({}).transform(() => 1),
  { schema: z.object({ id: z.string() }) },
  { schema: () => z.object({ id: z.string() }) },
  { _zod: { def: { type: 'object', shape: 1 } } },
  { _zod: null },
]
const definitions = [
  new IntegrationDefinition({ name: 'any' }),
  new PluginDefinition({ name: 'any' }),
  new InterfaceDefinition({ name: 'any' }),
  need(new InterfaceDefinition({ name: 'any' })),
  { kind: 'interface', name: 'any', version: '1.0.0', members: {}, extensions: [], capabilities: {} },
  { kind: 'need', requirements: [{}] },
]

/** Any data, and whatever else an author could put in a place by mistake. */
const anyValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown[]>(...plain),
  fc.anything({ key, maxDepth: 3 }),
  fc.anything({
    key,
    maxDepth: 2,
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withNullPrototype: true,
  }),
  fc.constantFrom<unknown[]>(...odd),
  fc.constantFrom<unknown[]>(...schemas),
  fc.constantFrom<unknown[]>(...definitions),
)

type Path = readonly string[]

/** A tree in which one or two places hold any value, at times under a key that was not there. */
export function withAnyValue(tree: unknown): fc.Arbitrary<unknown> {
  const paths = pathsOf(tree)
  const change = fc.tuple(fc.constantFrom(...paths), fc.option(key, { nil: undefined, freq: 4 }), anyValue)
  return fc.array(change, { minLength: 1, maxLength: 2 }).map((changes) => {
    let changed = tree
    for (const [path, added, value] of changes)
      changed = replace(changed, added === undefined ? path : [...path, added], value)
    return changed
  })
}

/** The places of a tree of plain objects and lists, that of the tree itself included. */
function pathsOf(tree: unknown, path: Path = []): Path[] {
  if (!isTree(tree)) return [path]
  return [path, ...Object.entries(tree).flatMap(([name, inner]) => pathsOf(inner, [...path, name]))]
}

function replace(tree: unknown, [name, ...rest]: Path, value: unknown): unknown {
  if (name === undefined) return value
  if (!isTree(tree) || (Array.isArray(tree) && !Object.hasOwn(tree, name))) return tree
  const copy = (Array.isArray(tree) ? [...(tree as unknown[])] : { ...tree }) as object
  const inner: unknown = Object.hasOwn(tree, name) ? (tree as Record<string, unknown>)[name] : undefined
  const changed = rest.length === 0 ? value : replace(inner, rest, value)
  return Object.defineProperty(copy, name, { value: changed, enumerable: true, configurable: true, writable: true })
}

function isTree(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false
  return Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype
}
