import { describe, expect, it } from 'vitest'
import { ConversationReader, type Directed } from './conversation-reader.ts'
import { readPosition } from './position.ts'

/** A list of messages some of which are not visible yet, in pages whose cursor is how many were given before. */
class Conversation {
  readonly messages: (Directed & { visible: boolean })[] = []
  pageSize = 3
  reads: (string | undefined)[] = []
  /** Runs after a page was given. */
  afterPage: (count: number) => void = () => {}

  /** `i…` comes in and is visible at once; `o…` goes out and is not, until it is sent. */
  add(...ids: string[]): this {
    for (const id of ids) {
      const direction = id.startsWith('i') ? 'incoming' : 'outgoing'
      this.messages.push({ id, direction, visible: direction === 'incoming' })
    }
    return this
  }

  send(...ids: string[]): this {
    for (const message of this.messages) if (ids.includes(message.id)) message.visible = true
    return this
  }

  readonly list = async (cursor: string | undefined) => {
    this.reads.push(cursor)
    const visible = this.messages.filter((message) => message.visible)
    const to = Number(cursor ?? 0) + this.pageSize
    const page = {
      items: visible.slice(Number(cursor ?? 0), to),
      nextCursor: to < visible.length ? String(to) : undefined,
    }
    this.afterPage(this.reads.length)
    return page
  }
}

const idsOf = async (reader: ConversationReader<Directed>): Promise<string[]> =>
  (await reader.read()).map(({ message }) => message.id)

describe('a reader of a conversation', () => {
  it('gives each message once, in order', async () => {
    const conversation = new Conversation().add('i1', 'o1').send('o1')
    const reader = new ConversationReader(conversation.list)
    expect(await idsOf(reader)).toEqual(['i1', 'o1'])
    expect(await idsOf(reader)).toEqual([])
    conversation.add('i2')
    expect(await idsOf(reader)).toEqual(['i2'])
  })

  it('gives an answer that is sent only after the next question was seen', async () => {
    const conversation = new Conversation().add('i1', 'o1', 'i2')
    const reader = new ConversationReader(conversation.list)
    expect(await idsOf(reader)).toEqual(['i1', 'i2'])
    conversation.send('o1')
    expect(await idsOf(reader)).toEqual(['o1'])
    expect(await idsOf(reader)).toEqual([])
  })

  it('goes on after any position that another has given, with nothing lost and nothing twice', async () => {
    const conversation = new Conversation().add('i1', 'o1', 'i2', 'o2', 'i3', 'i4', 'o3', 'o4').send('o1')
    const first = new ConversationReader(conversation.list)
    const seen = await first.read()
    expect(seen.map(({ message }) => message.id)).toEqual(['i1', 'o1', 'i2', 'i3', 'i4'])
    conversation.send('o2', 'o3', 'o4')
    const all = conversation.messages.map(({ id }) => id)
    for (const [index, { position }] of seen.entries()) {
      const before = seen.slice(0, index + 1).map(({ message }) => message.id)
      const after = await idsOf(new ConversationReader(conversation.list, readPosition(position)))
      expect(after).toEqual(all.filter((id) => !before.includes(id)))
    }
    expect(await idsOf(new ConversationReader(conversation.list, readPosition(first.position)))).toEqual([
      'o2',
      'o3',
      'o4',
    ])
  })

  it('begins again where it does not know the position', async () => {
    const conversation = new Conversation().add('i1', 'o1', 'i2').send('o1')
    expect(await idsOf(new ConversationReader(conversation.list, { incoming: 'gone', outgoing: 'o1' }))).toEqual([
      'i1',
      'i2',
    ])
    expect(await idsOf(new ConversationReader(conversation.list, { incoming: 'o1', outgoing: 'i1' }))).toEqual([
      'i1',
      'o1',
      'i2',
    ])
  })

  it('does not read again what cannot change any more', async () => {
    const conversation = new Conversation()
    for (let turn = 0; turn < 10; turn += 1) conversation.add(`i${turn}`, `o${turn}`).send(`o${turn}`)
    const reader = new ConversationReader(conversation.list)
    await reader.read()
    conversation.reads = []
    conversation.add('i10')
    expect(await idsOf(reader)).toEqual(['i10'])
    expect(conversation.reads[0]).toBe('18')
  })

  it('reads again from before the answer that is still to come', async () => {
    const conversation = new Conversation().add('i1', 'o1', 'i2', 'i3', 'i4', 'i5', 'i6', 'i7', 'i8')
    const reader = new ConversationReader(conversation.list)
    await reader.read()
    conversation.send('o1')
    expect(await idsOf(reader)).toEqual(['o1'])
  })

  it('loses no answer that comes to light behind it while it reads', async () => {
    const conversation = new Conversation().add('i1', 'o1', 'i2', 'i3', 'i4', 'o2', 'i5')
    conversation.afterPage = (count) => {
      if (count === 1) conversation.send('o1', 'o2')
    }
    const reader = new ConversationReader(conversation.list)
    const given = [...(await idsOf(reader)), ...(await idsOf(reader))]
    expect(given.toSorted()).toEqual(['i1', 'i2', 'i3', 'i4', 'i5', 'o1', 'o2'])
    expect(given.indexOf('o1')).toBeLessThan(given.indexOf('o2'))
  })

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('gives every message once, whatever happens (%i)', async (seed) => {
    let state = seed
    const chance = (outOf: number): number => {
      state = (state * 48_271) % 2_147_483_647
      return state % outOf
    }
    const conversation = new Conversation()
    conversation.pageSize = 2 + chance(4)
    let [incoming, outgoing, sent] = [0, 0, 0]
    const happen = (): void => {
      const what = chance(4)
      if (what === 0) conversation.add(`i${(incoming += 1)}`)
      else if (what === 1) conversation.add(`o${(outgoing += 1)}`)
      else if (what === 2 && sent < outgoing) conversation.send(`o${(sent += 1)}`)
    }
    conversation.afterPage = () => {
      if (chance(4) === 0) happen()
    }
    let reader = new ConversationReader<Directed>(conversation.list)
    const given: string[] = []
    for (let round = 0; round < 100; round += 1) {
      happen()
      given.push(...(await idsOf(reader)))
      if (chance(5) === 0) reader = new ConversationReader(conversation.list, readPosition(reader.position))
    }
    conversation.afterPage = () => {}
    while (sent < outgoing) conversation.send(`o${(sent += 1)}`)
    given.push(...(await idsOf(reader)))
    expect(given.filter((id) => id.startsWith('i'))).toEqual(Array.from({ length: incoming }, (_, at) => `i${at + 1}`))
    expect(given.filter((id) => id.startsWith('o'))).toEqual(Array.from({ length: outgoing }, (_, at) => `o${at + 1}`))
  })
})
