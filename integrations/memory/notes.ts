import { z } from 'plugboard'

const fields = {
  title: z.string().min(1),
  body: z.string(),
  done: z.boolean(),
  tags: z.array(z.string()),
}

/** A note. */
export const note = z.object({ id: z.string(), ...fields })
export type Note = z.output<typeof note>

/** What a note is created from: what it leaves out is empty, and it is not done. */
export const draft = z.object({
  title: fields.title,
  body: fields.body.optional(),
  done: fields.done.optional(),
  tags: fields.tags.optional(),
})
export type Draft = z.output<typeof draft>

/** What is to be different in a note. */
export const changes = z.object(fields).partial()
export type Changes = z.output<typeof changes>

/** The notes of an installation, the oldest first. */
export const shelf = z.object({
  /** The position of the next note. One is never given twice, so that a cursor means the same for ever. */
  next: z.number().int().positive(),
  entries: z.array(
    z.object({
      position: z.number().int().positive(),
      /** What the call that created the note was known by; undefined for those that were there from the start. */
      key: z.string().optional(),
      note,
    }),
  ),
})
export type Shelf = z.output<typeof shelf>

/** A shelf with some notes on it from the start. */
export function shelfOf(drafts: readonly Draft[]): Shelf {
  return drafts.reduce((filled, given) => added(filled, given).shelf, { next: 1, entries: [] } as Shelf)
}

/** A shelf with one note more. A key that it knows gives the note that it stands for instead. */
export function added(
  given: Shelf,
  { title, body = '', done = false, tags = [] }: Draft,
  key?: string,
): { shelf: Shelf; note: Note; isNew: boolean } {
  const known = key === undefined ? undefined : given.entries.find((entry) => entry.key === key)
  if (known) return { shelf: given, note: known.note, isNew: false }
  const position = given.next
  const created: Note = { id: `note-${position}`, title, body, done, tags }
  const entries = [...given.entries, { position, key, note: created }]
  return { shelf: { next: position + 1, entries }, note: created, isNew: true }
}

/** The note with an id; undefined where there is none. */
export function find(given: Shelf, id: string): Note | undefined {
  return given.entries.find((entry) => entry.note.id === id)?.note
}

/** A shelf with another note in the place of the one with its id. */
export function replaced(given: Shelf, note: Note): Shelf {
  const entries = given.entries.map((entry) => (entry.note.id === note.id ? { ...entry, note } : entry))
  return { ...given, entries }
}

/** A shelf without the note with an id. */
export function removed(given: Shelf, id: string): Shelf {
  return { ...given, entries: given.entries.filter((entry) => entry.note.id !== id) }
}

/** The notes after a position, so many at most, and the position after which the next page starts, if there is one. */
export function page(given: Shelf, after: number, limit: number): { notes: Note[]; next: number | undefined } {
  const rest = given.entries.filter((entry) => entry.position > after)
  const entries = rest.slice(0, limit)
  return { notes: entries.map(({ note }) => note), next: rest.length > limit ? entries.at(-1)?.position : undefined }
}
