import { z } from 'zod'
import { describe, expect, it } from 'vitest'
import { hasField, someAt } from './field-path.ts'

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

describe('what stands at a path', () => {
  /** Everything that is asked about. */
  const askedOf = (value: unknown, path: string): unknown[] => {
    const asked: unknown[] = []
    expect(someAt(path, (found) => asked.push(found) === 0)(value)).toBe(false)
    return asked
  }

  it('is that of every item on the way', () => {
    const value = { messages: [{ images: ['a'] }, {}, null, { images: ['b', 'c'] }] }
    expect(askedOf(value, 'messages[].images')).toEqual([['a'], ['b', 'c']])
    expect(askedOf(value, 'messages[].images[]')).toEqual(['a', 'b', 'c'])
    expect(askedOf({ tools: false }, 'tools')).toEqual([false])
  })

  it('is found where the condition holds of one of them', () => {
    const value = { messages: [{ images: ['a'] }, { images: ['b'] }] }
    expect(someAt('messages[].images[]', (found) => found === 'b')(value)).toBe(true)
    expect(someAt('messages[].images[]', (found) => found === 'c')(value)).toBe(false)
  })

  it('is nothing where the path leads nowhere', () => {
    for (const value of [undefined, null, 'text', {}, { messages: 'text' }, { messages: {} }])
      expect(askedOf(value, 'messages[].images')).toEqual([])
    expect(askedOf({}, 'toString')).toEqual([])
    expect(askedOf({}, '__proto__')).toEqual([])
  })
})
