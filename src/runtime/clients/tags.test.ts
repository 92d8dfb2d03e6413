import { expect, test } from 'vitest'
import { textTags } from './tags.ts'

test('changes of tags are texts, and undefined for a tag that is to go', () => {
  expect(textTags({ id: '1', gone: undefined }, 'users')).toEqual({ id: '1', gone: undefined })
  expect(textTags(undefined, 'users')).toEqual({})
})

test.each([42, null, true, {}])('%j is no tag', (id) => {
  expect(() => textTags({ id }, 'users')).toThrow(
    expect.objectContaining({
      code: 'tag_invalid',
      message: `tag 'id' of users must be text, not ${typeof id}`,
      where: { path: 'tags.id' },
    }),
  )
})
