import { PlugboardError, z } from 'plugboard'

/** A note of the memory, which stands for an issue. */
const note = z.object({
  id: z.string(),
  title: z.string(),
  body: z.string(),
  tags: z.array(z.string()),
  done: z.boolean(),
})

/** An issue, whatever keeps it. */
export interface Issue {
  readonly id: string
  readonly title: string
  readonly body: string
  readonly labels: readonly string[]
  readonly isOpen: boolean
  /** The changes that give it labels, and a comment. */
  changes(labels: readonly string[], comment: string): object
}

/**
 * The issue that an item is.
 * @throws {PlugboardError} with the code `entity_invalid`, for an item of something that is no tracker of issues.
 */
export function issueFrom(item: unknown): Issue {
  const noted = note.safeParse(item).data
  if (noted) {
    const { tags: labels, done, ...issue } = noted
    const changes = (tags: readonly string[], comment: string) => ({
      tags,
      body: `${issue.body}\n\n> ${comment}`.trim(),
    })
    return { ...issue, labels, isOpen: !done, changes }
  }
  throw new PlugboardError({
    code: 'entity_invalid',
    message: 'the need `issues` is bound to something whose items are no issues: bind it to `memory`',
  })
}
