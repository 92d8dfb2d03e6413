/** The application that an interaction is for. What says so is signed with the application's key, which is checked after that. */
export const extractScript = `
told = parse_json(string(.body) ?? "") ?? {}
string(told.application_id) ?? null
`
