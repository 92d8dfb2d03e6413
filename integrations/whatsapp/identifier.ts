/**
 * The phone number that a request is for. Meta names it in what it tells; where an address is entered, it stands before the
 * token, with a full stop between.
 */
export const extractScript = `
asked = parse_query_string(string(.query) ?? "")
token = string(asked."hub.verify_token") ?? ""
told = parse_json(string(.body) ?? "") ?? {}
words = split(token, ".")
if token == "" { told.entry[0].changes[0].value.metadata.phone_number_id } else { words[0] }
`

/** Takes what Meta tells of a whole account, which is for no number: it would send it again for days. */
export const fallbackHandlerScript = `
told = parse_json(string(.body) ?? "") ?? {}
number = told.entry[0].changes[0].value.metadata.phone_number_id
taken = { "status": 200 }
if told.object == "whatsapp_business_account" && number == null { taken } else { null }
`
