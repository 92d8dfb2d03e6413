/**
 * The workspace that a request is for. Events are JSON; commands and presses of buttons are forms, and the latter have JSON in
 * the field `payload`. Where an event belongs to several workspaces, the first authorization is that of this app; a modal of a
 * channel that workspaces share may be filled in by somebody of another one.
 */
export const extractScript = `
body = string(.body) ?? ""
told = if starts_with(body, "{") {
  parse_json(body) ?? {}
} else {
  form = parse_query_string(body)
  payload = string(form.payload) ?? ""
  if payload == "" { form } else { parse_json(payload) ?? {} }
}
told.authorizations[0].team_id || told.view.app_installed_team_id || told.team_id || told.team.id || told.user.team_id
`

/** Answers what Slack asks of an address when somebody enters it: it names no workspace, so it is for no installation. */
export const fallbackHandlerScript = `
told = parse_json(string(.body) ?? "") ?? {}
if told.type == "url_verification" { told.challenge } else { null }
`
