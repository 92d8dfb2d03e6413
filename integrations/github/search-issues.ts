import { cursors, z } from 'plugboard'
import { ask, type Caller } from './api.ts'
import { type Issue, issueFrom } from './issue.ts'
import { toldIssue } from './told.ts'

const usualPage = 30
const longestPage = 100
/** Of more than these, GitHub tells the number alone. */
const mostFound = 1000

interface Search {
  readonly query: string
  readonly cursor?: string | undefined
  readonly limit?: number | undefined
}

const found = z.object({
  total_count: z.number().int(),
  items: z.array(toldIssue.extend({ repository_url: z.string() })),
})

/** Pages of a search are numbered, and all as long as the first one. */
const place = z.tuple([z.number().int().min(2), z.number().int().min(1).max(longestPage)])

/** Issues of the repository that fit a query. */
export async function searchIssues(
  call: Caller,
  { query, cursor, limit = usualPage }: Search,
): Promise<{ issues: Issue[]; total: number; nextCursor?: string }> {
  const name = `${call.configuration.owner}/${call.configuration.repository}`
  const list = JSON.stringify([name, query])
  const [page, size] = cursors.placeOf(list, place, cursor) ?? [1, Math.min(limit, longestPage)]
  const attempt = { what: 'the issues cannot be searched', path: 'query' }
  const { data } = await ask(call, attempt, found, async (octokit, { request }) =>
    octokit.rest.search.issuesAndPullRequests({
      q: `${query} repo:${name} is:issue`.trim(),
      per_page: size,
      page,
      request,
    }),
  )
  const isMore = data.items.length > 0 && page * size < Math.min(data.total_count, mostFound)
  // A query may name other repositories as well.
  const own = data.items.filter((told) => told.repository_url.toLowerCase().endsWith(`/repos/${name}`.toLowerCase()))
  return {
    issues: own.filter((told) => !told.pull_request).map(issueFrom),
    total: data.total_count,
    ...(isMore && { nextCursor: cursors.at(list, [page + 1, size]) }),
  }
}
