import { ask, type Caller } from './api.ts'
import { toldComment } from './told.ts'

/** Comments on an issue or pull request. */
export async function comment(
  call: Caller,
  number: number,
  body: string,
  path?: string,
): Promise<{ id: string; url: string }> {
  const attempt = { what: `${number} cannot be commented on`, path }
  const { data } = await ask(call, attempt, toldComment, async (octokit, at) =>
    octokit.rest.issues.createComment({ ...at, issue_number: number, body }),
  )
  return { id: `${data.id}`, url: data.html_url }
}
