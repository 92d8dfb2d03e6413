import { z } from 'zod'
import { describe, expect, it } from 'vitest'
import { hasField, valuesAt } from './field-path.ts'

const message = z.discriminatedUnion('role', [
  z.object({ role: z.literal('user'), images: z.array(z.string()).optional() }),
  z.object({ role: z.literal('assistant'), calls: z.array(z.object({ id: z.string() })).optional() }),
])
const input = z.object({ messages: z.array(message).min(1), tools: z.array(z.string()).optional() })

describe('a field of a schema', () => {
  it.each(['messages', 'tools', 'tools[]', 'messages[].role', 'messages[].images', 'messages[].calls[].id'])(
    'is found at %s',
    (path) => {
      expect(hasField(input, path)).toBe(true)
    },
  )

  it.each(['tool', 'messages.images', 'messages[].image', 'messages[].calls.id', 'role', 'tools[].toString', 'length'])(
    'is not found at %s',
    (path) => {
      expect(hasField(input, path)).toBe(false)
    },
  )

  it('is looked for in a schema that holds itself', () => {
    const tree: z.ZodType = z.lazy(() => z.union([z.object({ leaf: z.string() }), z.object({ branch: tree })]))
    expect(hasField(tree, 'branch.branch.leaf')).toBe(true)
    expect(hasField(tree, 'branch.twig')).toBe(false)
  })
})

describe('the values at a path', () => {
  it('are those of every item on the way', () => {
    const value = { messages: [{ images: ['a'] }, {}, null, { images: ['b', 'c'] }] }
    expect(valuesAt(value, 'messages[].images')).toEqual([['a'], ['b', 'c']])
    expect(valuesAt(value, 'messages[].images[]')).toEqual(['a', 'b', 'c'])
    expect(valuesAt({ tools: false }, 'tools')).toEqual([false])
  })

  it('are none where the path leads nowhere', () => {
    for (const value of [undefined, null, 'text', {}, { messages: 'text' }, { messages: {} }])
      expect(valuesAt(value, 'messages[].images')).toEqual([])
    expect(valuesAt({}, 'toString')).toEqual([])
    expect(valuesAt({}, '__proto__')).toEqual([])
  })
})
