import { cursors, z } from 'plugboard'
import { ask, type Caller } from './api.ts'
import { type Issue, issueFrom } from './issue.ts'
import { type ToldIssue, toldIssue } from './told.ts'

/** How many a page holds where the caller does not say, and at most. */
const usualPage = 50
/** How many GitHub gives at once. */
const asked = 100
/** How often GitHub is asked for one page of issues, where pull requests stand between them. */
const mostAsked = 5

interface Paging {
  readonly cursor?: string | undefined
  readonly limit?: number | undefined
}
type Page = readonly ToldIssue[]

/** When the issue was created that a page goes on behind, its number, and at most how many are before that place. */
const position = z.tuple([z.string(), z.number().int().positive(), z.number().int().positive()])
type Position = z.output<typeof position>

/**
 * A page of the issues, the oldest first. GitHub numbers pages, so that what is deleted moves all that follows: a page goes on
 * behind an issue, and looks at the page before where that issue is not met.
 */
export async function listIssues(
  call: Caller,
  { cursor, limit = usualPage }: Paging,
): Promise<{ items: Issue[]; nextCursor?: string }> {
  const list = JSON.stringify([call.configuration.owner, call.configuration.repository])
  const most = Math.min(limit, asked)
  const after = cursors.placeOf(list, position, cursor)
  let { page, number, isLast } = await pageBehind(call, after)
  const end = number + mostAsked
  const items: Issue[] = []
  let reached: Position | undefined = after
  for (;;) {
    for (const [index, told] of page.entries()) {
      if (!isBehind(told, after)) continue
      if (items.length === most && reached) return { items, nextCursor: cursors.at(list, reached) }
      reached = [told.created_at, told.number, (number - 1) * asked + index + 1]
      // GitHub lists pull requests among the issues.
      if (!told.pull_request) items.push(issueFrom(told))
    }
    if (isLast) return { items }
    number += 1
    if (number === end && reached) return { items, nextCursor: cursors.at(list, reached) }
    ;({ page, isLast } = await pageAt(call, number))
  }
}

/** The page on which what is behind a position begins. */
async function pageBehind(
  call: Caller,
  after: Position | undefined,
): Promise<{ page: Page; number: number; isLast: boolean }> {
  let number = Math.floor((after?.[2] ?? 0) / asked) + 1
  let found = await pageAt(call, number)
  while (number > 1 && found.page.every((told) => isBehind(told, after))) {
    const before = await pageAt(call, number - 1)
    // All of it was met already, so that nothing has moved over the border.
    if (!before.page.some((told) => isBehind(told, after))) break
    number -= 1
    found = before
  }
  return { ...found, number }
}

async function pageAt(call: Caller, number: number): Promise<{ page: Page; isLast: boolean }> {
  const { data: page, isLast } = await ask(
    call,
    { what: 'the issues cannot be listed' },
    z.array(toldIssue),
    async (octokit, at) =>
      octokit.rest.issues.listForRepo({
        ...at,
        state: 'all',
        sort: 'created',
        direction: 'asc',
        per_page: asked,
        page: number,
      }),
  )
  return { page, isLast }
}

function isBehind({ created_at, number }: ToldIssue, after: Position | undefined): boolean {
  if (!after) return true
  const [createdAt, last] = after
  return created_at === createdAt ? number > last : created_at > createdAt
}
