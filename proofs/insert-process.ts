import { sqliteStore, type Store } from 'plugboard/runtime'
import { connectPostgres, schemaOf } from '../src/runtime/postgres/connect-postgres.ts'
import { newId } from '../src/runtime/new-id.ts'
import type { CeilingOptions } from './insert-ceiling.ts'
import { openRaw, type RawMessage } from './raw-store.ts'

// Inserts messages as fast as they are committed, and prints how fast that was as JSON.

const given = JSON.parse(process.argv[2] ?? '{}') as CeilingOptions & { readonly how: 'hand' | 'receive' }
const { place, rooms, inserts, atOnce, how } = given

async function opened(): Promise<{ insert(message: RawMessage): Promise<unknown> } & AsyncDisposable> {
  if (how === 'hand') return openRaw(place)
  const ports = place.startsWith('postgres:') ? await connectPostgres(place, { schema: schemaOf('load') }) : undefined
  const store = ports?.store ?? (await sqliteStore(place))
  const conversations = await conversationsOf(store)
  return {
    insert: ({ delivery, room, text }) => {
      const conversationId = conversations.get(room) as string
      const createdAt = new Date().toISOString()
      const message = { id: newId(Date.now()), conversationId, userId: conversationId, type: 'text', payload: { text } }
      const messages = [{ ...message, direction: 'incoming' as const, tags: {}, createdAt }]
      return store.receive({ key: delivery, origin: 'desk', messages, events: [], states: [] })
    },
    [Symbol.asyncDispose]: async () => {
      await store[Symbol.asyncDispose]()
      await ports?.[Symbol.asyncDispose]()
    },
  }
}

async function conversationsOf(store: Store): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  for (let room = 0; room < rooms; room += 1) {
    const name = { room: `r${room}` }
    const request = { integration: 'desk', channel: 'room', identity: name, tags: name }
    found.set(name.room, (await store.getOrCreateConversation(request)).id)
  }
  return found
}

await using store = await opened()
let next = 0
const insert = async (count: number): Promise<void> => {
  const end = next + count
  const write = async (): Promise<void> => {
    while (next < end) {
      next += 1
      const text = `message ${next}, as long as a usual one is`
      await store.insert({ delivery: `${how}/${next}`, room: `r${next % rooms}`, text })
    }
  }
  await Promise.all(Array.from({ length: atOnce }, write))
}
await insert(Math.ceil(inserts / 2))
const before = process.cpuUsage()
const began = performance.now()
await insert(inserts)
const { user, system } = process.cpuUsage(before)
const rate = (inserts / (performance.now() - began)) * 1000
process.stdout.write(JSON.stringify({ rate, processor: (user + system) / 1000 / inserts }))
