import { createAppAuth } from '@octokit/auth-app'
import { Octokit } from '@octokit/rest'
import { z } from 'plugboard'
import type { Settings } from './configuration.ts'
import { type Attempt, failureOf, malformed, moved } from './failure.ts'

/** What a call needs. */
export interface Caller {
  readonly configuration: Settings
  readonly signal: AbortSignal
}
/** What goes into every method that is about the repository. */
export type At = {
  readonly owner: string
  readonly repo: string
  readonly request: { readonly signal: AbortSignal }
}
export interface Answer {
  readonly data: unknown
  readonly headers: { readonly link?: string | undefined }
}
export type { Octokit }

/** Statuses of answers that have no body. */
const bare: ReadonlySet<number> = new Set([204, 205, 304])
const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

/** Of each configuration one, which keeps the token that an app is given for an hour. */
const known = new Map<string, Octokit>()

/** Asks GitHub for something, once, and reads of the answer what the schema has. Whether it is asked again is for whoever called to say. */
export async function ask<T>(
  call: Caller,
  attempt: Attempt,
  schema: z.core.$ZodType<T>,
  send: (octokit: Octokit, at: At) => Promise<Answer>,
): Promise<{ data: T; isLast: boolean }> {
  const { configuration, signal } = call
  const { owner, repository } = configuration
  let answer: Answer
  try {
    answer = await send(octokitFor(configuration), { owner, repo: repository, request: { signal } })
  } catch (error) {
    throw failureOf(error, attempt, signal)
  }
  const { success, data, error } = z.safeParse(schema, answer.data)
  if (success) return { data, isLast: !/rel="next"/.test(answer.headers.link ?? '') }
  const [issue] = error.issues
  throw malformed(
    `${attempt.what}: what was answered does not come from GitHub: '${issue?.path.join('.')}': ${issue?.message}`,
  )
}

/** Forgets what was kept for a configuration. */
export async function forget({ configuration }: Pick<Caller, 'configuration'>): Promise<void> {
  known.delete(JSON.stringify(configuration))
}

function octokitFor(configuration: Settings): Octokit {
  const key = JSON.stringify(configuration)
  const octokit = known.get(key) ?? made(configuration)
  known.set(key, octokit)
  return octokit
}

function made(settings: Settings): Octokit {
  return new Octokit({
    ...authOf(settings),
    baseUrl: settings.apiUrl.replace(/\/+$/, ''),
    userAgent: 'plugboard',
    log: silent,
    request: { fetch: transport, log: silent },
  })
}

function authOf(settings: Settings) {
  if ('token' in settings) return { auth: settings.token }
  const { appId, installationId, privateKey } = settings
  return {
    authStrategy: createAppAuth,
    auth: { appId, installationId, privateKey: privateKey.replaceAll(String.raw`\n`, '\n') },
  }
}

/** In the place of a fetch that takes an answer that broke off for an empty one, and follows to other repositories. */
async function transport(url: string, request: RequestInit): Promise<Response> {
  const response = await fetch(url, { ...request, redirect: 'manual' })
  const body = await response.text()
  const { status, headers } = response
  if (status >= 300 && status < 400 && status !== 304) throw moved(status)
  return new Response(bare.has(status) ? null : body, { status, headers })
}
