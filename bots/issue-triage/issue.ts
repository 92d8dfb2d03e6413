import { PlugboardError, z } from 'plugboard'

const text = { id: z.string(), title: z.string(), body: z.string() }
/** An issue of GitHub, as far as it matters here. */
const onGitHub = z.object({
  ...text,
  labels: z.array(z.string()),
  state: z.enum(['open', 'closed']),
  createdAt: z.string(),
})
/** A note of the memory, which stands for one. */
const note = z.object({ ...text, tags: z.array(z.string()), done: z.boolean() })

/** An issue, whatever keeps it. */
export interface Issue {
  readonly id: string
  readonly title: string
  readonly body: string
  readonly labels: readonly string[]
  readonly isOpen: boolean
  /** ISO 8601, in UTC; undefined where nobody knows. */
  readonly createdAt?: string | undefined
  /** Whether it is commented on by an action of its own. */
  readonly hasComments: boolean
  /** The changes that give it labels, and a comment where that has no place of its own. */
  changes(labels: readonly string[], comment: string): object
}

/**
 * The issue that an item is.
 * @throws {PlugboardError} with the code `entity_invalid`, for an item of something that is no tracker of issues.
 */
export function issueFrom(item: unknown): Issue {
  const github = onGitHub.safeParse(item).data
  if (github) {
    const { state, ...issue } = github
    return { ...issue, isOpen: state === 'open', hasComments: true, changes: (labels) => ({ labels }) }
  }
  const noted = note.safeParse(item).data
  if (noted) {
    const { tags: labels, done, ...issue } = noted
    const changes = (tags: readonly string[], comment: string) => ({
      tags,
      body: `${issue.body}\n\n> ${comment}`.trim(),
    })
    return { ...issue, labels, isOpen: !done, hasComments: false, changes }
  }
  throw new PlugboardError({
    code: 'entity_invalid',
    message: 'the need `issues` is bound to something whose items are no issues: bind it to `github` or `memory`',
  })
}
