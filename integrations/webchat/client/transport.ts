import type { ChatError, ChatOptions } from './chat.ts'
import { browserStorage, subjectOf } from './kept.ts'

/** How the endpoints of a chat are asked. */
export interface Transport {
  /** Where the endpoints are, with a slash at its end. */
  readonly base: string
  /** Takes up the session that was kept, if it is that of this visitor. */
  restore(): Promise<void>
  /** Asks, by the session; without one a session is begun. */
  ask(path: string, init?: RequestInit): Promise<Response>
  /** Asks, and again as somebody new where the session is not known any more: so what is asked is made for each attempt. */
  tell(method: string, path: () => string, body?: () => unknown): Promise<Response>
  /** Ends the session on both sides. */
  end(): Promise<void>
}

/** Told that the session has ended: what was open is not to be read any more. */
export interface Losing {
  ended(): void
  /** Somebody new begins. */
  again(): void
}

export function failure(message: string, status: number, code: string, cause?: unknown): ChatError {
  return Object.assign(new Error(message, { cause }), { status, code })
}

/** Asks by a session, which it opens, keeps and gives up. */
export function transportTo(options: ChatOptions, losing: Losing): Transport {
  const base = new URL('.', options.url.replace(/\/?$/, '/')).href
  const request = options.fetch ?? ((input: string, init?: RequestInit) => fetch(input, init))
  const storage = options.storage ?? browserStorage(`plugboard-webchat ${new URL(base).pathname}`)
  let session: { token: string; subject?: string | undefined } | undefined
  let opening: Promise<void> | undefined

  function openSession(): Promise<void> {
    opening ??= (async () => {
      const identity = (await options.identity?.()) ?? undefined
      const response = await send('session', { method: 'POST', body: JSON.stringify({ identity }) })
      const { token } = (await response.json()) as { token: string }
      session = { token, subject: subjectOf(identity) }
      await storage.set(JSON.stringify(session))
    })().finally(() => {
      opening = undefined
    })
    return opening
  }

  async function endSession(): Promise<void> {
    session = undefined
    losing.ended()
    await storage.set(null)
  }

  async function send(path: string, init: RequestInit): Promise<Response> {
    let response: Response
    try {
      response = await request(base + path, { ...init, cache: 'no-store' })
    } catch (cause) {
      if (init.signal?.aborted) throw cause
      throw failure('The chat cannot be reached.', 0, 'unreachable', cause)
    }
    if (response.ok) return response
    const said = (await response.json().catch(() => undefined)) as
      | { error?: { code?: string; message?: string } }
      | undefined
    const message = said?.error?.message ?? `the server answered with ${response.status}`
    throw failure(`That did not work: ${message}.`, response.status, said?.error?.code ?? 'unknown')
  }

  async function ask(path: string, init: RequestInit = {}): Promise<Response> {
    if (!session) await openSession()
    const used = session?.token
    try {
      return await send(path, {
        ...init,
        headers: { ...(init.headers as Record<string, string>), authorization: `Bearer ${used}` },
      })
    } catch (error) {
      if ((error as ChatError).status === 401 && used === session?.token) await endSession()
      throw error
    }
  }

  return {
    base,
    ask,
    async restore() {
      const proof = await options.identity?.()
      try {
        const kept = JSON.parse((await storage.get()) ?? 'null') as typeof session | null
        // Somebody else is not to read what the one before has said.
        if (kept && kept.subject === subjectOf(proof)) session = kept
      } catch {
        // It was not kept by this program.
      }
    },
    async tell(method, path, body) {
      const attempt = (): Promise<Response> => {
        const content = body?.()
        if (content === undefined) return ask(path(), { method })
        const isFile = content instanceof Blob
        const type = isFile ? content.type || 'application/octet-stream' : 'application/json'
        return ask(path(), {
          method,
          body: isFile ? content : JSON.stringify(content),
          headers: { 'content-type': type },
        })
      }
      try {
        return await attempt()
      } catch (error) {
        if ((error as ChatError).status !== 401) throw error
        losing.again()
        return attempt()
      }
    },
    async end() {
      await ask('session', { method: 'DELETE' }).catch(() => {})
      await endSession()
    },
  }
}
