import { describe, expect, it } from 'vitest'
import { NoticeReader, NoticeWriter } from './notices.ts'

const read = (reader: NoticeReader, texts: readonly string[]) => texts.flatMap((text) => reader.read(text) ?? [])

describe('notices', () => {
  it.each([0, 1, 7900, 8000, 20_000, 100_000])('of %i characters are read as they were written', (length) => {
    const data = JSON.stringify({ text: 'a😀\n'.repeat(length / 4) })
    const texts = new NoticeWriter().write({ topic: 'one', data })
    for (const text of texts) expect(Buffer.byteLength(text)).toBeLessThanOrEqual(7999)
    expect(read(new NoticeReader('me'), texts)).toEqual([{ topic: 'one', data }])
  })

  it('fill a notification to its last byte, and are cut beyond', () => {
    const room = 7999 - Buffer.byteLength(new NoticeWriter().write({ topic: 'one', data: '' })[0] ?? '')
    expect(new NoticeWriter().write({ topic: 'one', data: 'a'.repeat(room) })).toHaveLength(1)
    expect(new NoticeWriter().write({ topic: 'one', data: 'a'.repeat(room + 1) })).toHaveLength(2)
  })

  it('of several processes do not mix', () => {
    const [one, other] = [new NoticeWriter(), new NoticeWriter()]
    const [long, longer] = ['a'.repeat(20_000), 'b'.repeat(30_000)]
    const [first, second] = [one.write({ topic: 'x', data: long }), other.write({ topic: 'x', data: longer })]
    const mixed = second.flatMap((text, index) => [text, ...(first[index] === undefined ? [] : [first[index]])])
    const reader = new NoticeReader('me')
    expect(read(reader, mixed)).toEqual([
      { topic: 'x', data: long },
      { topic: 'x', data: longer },
    ])
  })

  it('of which a piece was lost are lost, and nothing after them', () => {
    const writer = new NoticeWriter()
    const texts = writer.write({ topic: 'x', data: 'a'.repeat(20_000) })
    for (const [lost] of texts.entries()) {
      const rest = texts.filter((_, index) => index !== lost)
      const reader = new NoticeReader('me')
      expect(read(reader, [...rest, ...writer.write({ topic: 'x', data: 'next' })])).toEqual([
        { topic: 'x', data: 'next' },
      ])
    }
  })

  it('are not read by who wrote them, and a topic alone by everyone', () => {
    const writer = new NoticeWriter()
    const reader = new NoticeReader(writer.sender)
    expect(read(reader, [...writer.write({ topic: 'x', data: '1' }), 'lanes'])).toEqual([
      { topic: 'lanes', data: undefined },
    ])
  })

  it('that are equal are written differently, since PostgreSQL sends equal ones once', () => {
    const writer = new NoticeWriter()
    expect(writer.write({ topic: 'x', data: '1' })).not.toEqual(writer.write({ topic: 'x', data: '1' }))
  })
})
