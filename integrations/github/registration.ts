import { z } from 'plugboard'
import { ask } from './api.ts'
import { identifierOf } from './identifier.ts'
import { demandRepository } from './items.ts'
import type { GithubProps } from './props.ts'

/** Looks whether the repository is there, and remembers under which name the bot writes. */
export async function register(props: GithubProps): Promise<void> {
  const { client, configuration } = props
  await demandRepository(props)
  await client.setState({ name: 'account', payload: { login: await ownLogin(props) } })
  // Only one installation can have a repository at the address that all share.
  const identifier = configuration.webhookSecret === undefined ? null : identifierOf(configuration)
  await client.configureIntegration({ identifier })
}

/** The name under which the bot writes: that of the token's owner, or that of the app with `[bot]` behind. */
async function ownLogin(props: GithubProps): Promise<string> {
  const attempt = { what: 'the bot cannot learn its own name' }
  if ('token' in props.configuration) {
    const { data } = await ask(props, attempt, z.object({ login: z.string() }), (octokit, { request }) =>
      octokit.rest.users.getAuthenticated({ request }),
    )
    return data.login
  }
  const { data } = await ask(props, attempt, z.object({ slug: z.string() }), (octokit, { request }) =>
    octokit.rest.apps.getAuthenticated({ request }),
  )
  return `${data.slug}[bot]`
}

/** Whether something was written by the bot. */
export async function isOwn(props: GithubProps, login: string | undefined): Promise<boolean> {
  if (login === undefined) return false
  const { state } = await props.client.getState({ name: 'account' })
  const own = state?.payload.login ?? (await ownLogin(props))
  return own.toLowerCase() === login.toLowerCase()
}
