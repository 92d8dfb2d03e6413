/**
 * Which repository a webhook is about, in small letters. The body is JSON, or a form that has it as `payload`, as GitHub
 * sends it unless it is told otherwise.
 */
export const extractScript = `
form = parse_query_string(.body) ?? {}
told = parse_json(string(form.payload) ?? string(.body) ?? "") ?? {}
name = string(told.repository.full_name) ?? ""
if name == "" { null } else { downcase(name) }
`

/** GitHub asks whether somebody is there when a webhook is made, and tells an app of its installations: neither is about a repository. */
export const fallbackHandlerScript = `
name = string(.headers."x-github-event") ?? ""
if includes(["ping", "installation", "installation_repositories", "github_app_authorization"], name) { { "status": 200 } } else { null }
`

/** What tells the installation that has a repository. */
export const identifierOf = ({ owner, repository }: { owner: string; repository: string }): string =>
  `${owner}/${repository}`.toLowerCase()
