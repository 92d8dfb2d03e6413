import { checkFields, fieldsAt } from './check-fields.ts'
import { listed, type ProblemList, shown } from './problem-list.ts'

const ways = ['basic', 'post', 'none']

/** Checks what an integration says of OAuth. */
export function checkOAuth(list: ProblemList, oauth: unknown, configurations: readonly string[]): void {
  const fields = fieldsAt(list, 'oauth', oauth, "{ authorizationUrl: '…', tokenUrl: '…' }")
  if (!fields) return
  checkFields(list, 'oauth', fields, {
    authorizationUrl: 'checked',
    tokenUrl: 'checked',
    revocationUrl: 'checked',
    scopes: 'names',
    scopeSeparator: 'text',
    issuer: 'text',
    parameters: 'texts',
    clientAuthentication: 'checked',
    pkce: 'flag',
    tokenTypes: 'names',
    configurations: 'names',
  })
  const named = Array.isArray(fields.configurations) ? fields.configurations : []
  for (const name of named)
    if (!configurations.includes(name as string))
      list.add(
        'oauth_invalid',
        'oauth.configurations',
        `there is no configuration ${shown(name)}.`,
        `There is ${listed(configurations)}.`,
      )
  for (const name of ['authorizationUrl', 'tokenUrl', 'revocationUrl'])
    if (!isSafeAddress(fields[name]) && (name !== 'revocationUrl' || fields[name] !== undefined))
      list.add(
        'oauth_invalid',
        `oauth.${name}`,
        `expected an https address, given ${shown(fields[name])}.`,
        'Only this machine can be reached by http: tokens would be seen on the way.',
      )
  const way = fields.clientAuthentication
  if (way !== undefined && !ways.includes(way as string))
    list.add(
      'oauth_invalid',
      'oauth.clientAuthentication',
      `expected ${listed(ways)}, given ${shown(way)}.`,
      'Change it, or leave it out.',
    )
}

/** Whether nobody on the way sees what is sent to an address. */
export function isSafeAddress(address: unknown): address is string {
  if (typeof address !== 'string' || !URL.canParse(address)) return false
  const { protocol, hostname, username, password } = new URL(address)
  if (username !== '' || password !== '') return false
  return protocol === 'https:' || (protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname))
}
