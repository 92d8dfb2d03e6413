/** Something that is counted. */
export interface Fact {
  readonly day: string
  readonly kind: 'incoming' | 'outgoing' | 'user' | 'conversation' | 'action'
  readonly subject: string
}

/** What was counted on a day. */
export interface Day {
  readonly day: string
  incoming: number
  outgoing: number
  users: number
  conversations: number
  actions: Record<string, number>
}

/** Counts facts, which are in the order of their days. */
export async function daysOf(facts: AsyncIterable<Fact>): Promise<Day[]> {
  const days: Day[] = []
  for await (const { day, kind, subject } of facts) {
    if (days.at(-1)?.day !== day) days.push({ day, incoming: 0, outgoing: 0, users: 0, conversations: 0, actions: {} })
    const counts = days.at(-1) as Day
    if (kind === 'action') counts.actions[subject] = (counts.actions[subject] ?? 0) + 1
    else if (kind === 'user') counts.users += 1
    else if (kind === 'conversation') counts.conversations += 1
    else counts[kind] += 1
  }
  return days
}
