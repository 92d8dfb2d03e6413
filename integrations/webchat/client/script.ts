/**
 * The client as browsers run it, for the page: the modules beside this file without their types. Written by the test beside this file with
 * `PLUGBOARD_SCRIPTS=write`; without, that fails where this is not what it says.
 */
export const clientScript = `
function browserStorage(key ) {
  let kept = null
  return {
    get: () => {
      try {
        return localStorage.getItem(key)
      } catch {
        return kept
      }
    },
    set: (value) => {
      kept = value
      try {
        if (value === null) localStorage.removeItem(key)
        else localStorage.setItem(key, value)
      } catch {
      }
    },
  }
}
function subjectOf(proof ) {
  try {
    const part = (proof ?? '').split('.')[1] ?? ''
    const bytes = Uint8Array.from(atob(part.replace(/-/g, '+').replace(/_/g, '/')), (sign) => sign.charCodeAt(0))
    return (JSON.parse(new TextDecoder().decode(bytes)) ).sub
  } catch {
    return undefined
  }
}
function failure(message , status , code , cause ) {
  return Object.assign(new Error(message, { cause }), { status, code })
}
function transportTo(options , losing ) {
  const base = new URL('.', options.url.replace(/\\/?$/, '/')).href
  const request = options.fetch ?? ((input , init ) => fetch(input, init))
  const storage = options.storage ?? browserStorage(\`plugboard-webchat \${new URL(base).pathname}\`)
  let session
  let opening
  function openSession() {
    opening ??= (async () => {
      const identity = (await options.identity?.()) ?? undefined
      const response = await send('session', { method: 'POST', body: JSON.stringify({ identity }) })
      const { token } = (await response.json())
      session = { token, subject: subjectOf(identity) }
      await storage.set(JSON.stringify(session))
    })().finally(() => {
      opening = undefined
    })
    return opening
  }
  async function endSession() {
    session = undefined
    losing.ended()
    await storage.set(null)
  }
  async function send(path , init ) {
    let response
    try {
      response = await request(base + path, { ...init, cache: 'no-store' })
    } catch (cause) {
      if (init.signal?.aborted) throw cause
      throw failure('The chat cannot be reached.', 0, 'unreachable', cause)
    }
    if (response.ok) return response
    const said = (await response.json().catch(() => undefined))
    const message = said?.error?.message ?? \`the server answered with \${response.status}\`
    throw failure(\`That did not work: \${message}.\`, response.status, said?.error?.code ?? 'unknown')
  }
  async function ask(path , init = {}) {
    if (!session) await openSession()
    const used = session?.token
    try {
      return await send(path, {
        ...init,
        headers: { ...(init.headers ), authorization: \`Bearer \${used}\` },
      })
    } catch (error) {
      if ((error ).status === 401 && used === session?.token) await endSession()
      throw error
    }
  }
  return {
    base,
    ask,
    async restore() {
      const proof = await options.identity?.()
      try {
        const kept = JSON.parse((await storage.get()) ?? 'null')
        if (kept && kept.subject === subjectOf(proof)) session = kept
      } catch {
      }
    },
    async tell(method, path, body) {
      const attempt = () => {
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
        if ((error ).status !== 401) throw error
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
async function* framesOf(response , heard ) {
  const decoder = new TextDecoder()
  const reader = response.body?.getReader()
  let rest = ''
  for (;;) {
    const part = await reader?.read()
    if (!part || part.done) return
    heard()
    const frames = (rest + decoder.decode(part.value, { stream: true })).split('\\n\\n')
    rest = frames.pop() ?? ''
    yield* frames.map(frameOf)
  }
}
function frameOf(text ) {
  let data = ''
  let name = 'message'
  let id
  for (const line of text.split('\\n')) {
    if (line.startsWith('data: ')) data += line.slice(6)
    else if (line.startsWith('event: ')) name = line.slice(7)
    else if (line.startsWith('id: ')) id = line.slice(4)
  }
  return { name, id, data }
}
function connect(options ) {
  const times = { silence: 40000, firstPause: 500, longestPause: 15000, typing: 4000, typingEnd: 6000 }
  const listeners = new Map ()
  const closing = new AbortController()
  let conversationId = options.conversationId
  let state = 'connecting'
  let position
  let current = new AbortController()
  let failures = 0
  let wakeUp = () => {}
  let botTyping
  let typingTold = Promise.resolve()
  let ownTyping = { told: 0, end: undefined }
  function emit (name , value ) {
    for (const listener of listeners.get(name) ?? []) (listener )(value)
  }
  const { base, restore, ask, tell, end } = transportTo(options, {
    ended() {
      position = undefined
      conversationId = undefined
    },
    again() {
      current.abort()
      wakeUp()
    },
  })
  const newId = () =>
    Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
  const place = () => (conversationId === undefined ? {} : { conversationId })
  const query = (fields ) => {
    const given = Object.entries(fields).filter(([, value]) => value !== undefined)
    return given.length === 0
      ? ''
      : \`?\${new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString()}\`
  }
  const messagePath =
    (id , rest = '') =>
    () =>
      \`messages/\${encodeURIComponent(id)}\${rest}\`
  async function noteBegun(response ) {
    const said = (await response.json().catch(() => undefined))
    conversationId ??= said?.conversationId
  }
  async function readHistory(
    signal ,
    fields = {},
  ) {
    const response = await ask(\`history\${query({ ...fields, conversation: conversationId })}\`, signal ? { signal } : {})
    return (await response.json())
  }
  async function listConversations(signal ) {
    const response = await ask('conversations', signal ? { signal } : {})
    return ((await response.json()) ).conversations
  }
  function setState(next ) {
    if (state === next) return
    state = next
    emit('state', next)
  }
  function setBotTyping(milliseconds ) {
    const before = botTyping !== undefined
    clearTimeout(botTyping)
    botTyping = milliseconds > 0 ? setTimeout(() => setBotTyping(0), milliseconds) : undefined
    if (before !== milliseconds > 0) emit('typing', milliseconds > 0)
  }
  const takers = {
    message: (message ) => {
      conversationId ??= message.conversationId
      if (message.from === 'bot') setBotTyping(0)
      emit('message', message)
    },
    draft: (message ) => {
      setBotTyping(0)
      emit('draft', message)
    },
    discard: ({ id } ) => emit('discard', id),
    change: (message ) => emit('change', message),
    typing: ({ timeout } ) => setBotTyping(timeout),
    conversation: ({ conversationId: id } ) => emit('conversation', id),
  }
  async function follow(signal ) {
    const silence = new AbortController()
    const quiet = () => silence.abort()
    let timer = setTimeout(quiet, times.silence)
    try {
      const response = await ask(\`events\${query({ conversation: conversationId })}\`, {
        headers: { accept: 'text/event-stream', 'last-event-id': position ?? '.' },
        signal: AbortSignal.any([signal, silence.signal]),
      })
      setState('connected')
      failures = 0
      const heard = () => {
        clearTimeout(timer)
        timer = setTimeout(quiet, times.silence)
      }
      for await (const { name, id, data } of framesOf(response, heard)) {
        if (signal.aborted) return
        if (data !== '') takers[name]?.(JSON.parse(data) )
        if (id !== undefined) position = id
      }
    } finally {
      clearTimeout(timer)
      setBotTyping(0)
    }
  }
  function pause() {
    const longest = Math.min(times.firstPause * 2 ** failures, times.longestPause)
    failures += 1
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, longest * (0.5 + Math.random() / 2))
      wakeUp = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
  async function visit(signal ) {
    if (position === undefined) {
      conversationId ??= (await listConversations(signal))[0]?.id
      const history = await readHistory(signal)
      if (signal.aborted) return
      position = history.position
      emit('opened', history)
    }
    await follow(signal)
  }
  async function run() {
    let isRestored = false
    while (!closing.signal.aborted) {
      current = new AbortController()
      const { signal } = current
      try {
        if (!isRestored) await restore()
        isRestored = true
        await visit(signal)
        if (!signal.aborted) setState('connecting')
      } catch (error) {
        if (signal.aborted) continue
        const problem = error
        if (problem.code === 'conversation_unknown' && conversationId !== undefined) {
          conversationId = undefined
          position = undefined
        } else {
          setState('offline')
          emit('problem', problem)
        }
      }
      if (!signal.aborted) await pause()
    }
  }
  function leave(next ) {
    conversationId = next
    position = undefined
    failures = 0
    setState('connecting')
    current.abort()
    wakeUp()
  }
  function tellTyping(isTyping ) {
    clearTimeout(ownTyping.end)
    ownTyping = { told: isTyping ? Date.now() : 0, end: ownTyping.end }
    if (isTyping) ownTyping.end = setTimeout(() => tellTyping(false), times.typingEnd)
    const note = () => ({ ...place(), typing: isTyping })
    typingTold = typingTold.then(() => tell('POST', () => 'typing', note)).catch(() => {})
  }
  void run()
  return {
    get conversationId() {
      return conversationId
    },
    get state() {
      return state
    },
    on(name, listener) {
      const all = listeners.get(name) ?? new Set()
      listeners.set(name, all.add(listener))
      return () => void all.delete(listener)
    },
    async send(text, { clientMessageId = newId() } = {}) {
      clearTimeout(ownTyping.end)
      ownTyping = { told: 0, end: undefined }
      const said = () => ({ text, clientMessageId, ...place() })
      await noteBegun(await tell('POST', () => 'messages', said))
    },
    async sendFile(file, { name, clientMessageId = newId() }) {
      const path = () => \`files\${query({ name, clientMessageId, conversation: conversationId })}\`
      await noteBegun(await tell('POST', path, () => file))
    },
    file: async (address) => {
      const { href } = new URL(address, base)
      if (!href.startsWith(base)) throw failure(\`That is no file of the chat: \${address}\`, 0, 'file_unknown')
      return (await ask(href.slice(base.length))).blob()
    },
    history: (fields = {}) => readHistory(undefined, fields),
    conversations: () => listConversations(),
    async begin() {
      const response = await tell('POST', () => 'conversations')
      leave(((await response.json()) ).conversation.id)
    },
    open: leave,
    typing(isTyping) {
      const isTold = Date.now() - ownTyping.told < times.typing
      if (isTyping && isTold) return
      if (isTyping || ownTyping.told > 0) tellTyping(isTyping)
    },
    receipt(messageId, what) {
      const receipt = () => ({ messageId, what })
      tell('POST', () => 'receipts', receipt).catch(() => {})
    },
    edit: async (messageId, text) => void (await tell('PATCH', messagePath(messageId), () => ({ text }))),
    remove: async (messageId) => void (await tell('DELETE', messagePath(messageId))),
    react: async (messageId, reaction, given = true) =>
      void (await tell('POST', messagePath(messageId, '/reactions'), () => ({ reaction, given }))),
    async signOut() {
      await end()
      leave(undefined)
    },
    retry: () => wakeUp(),
    close() {
      closing.abort()
      current.abort()
      wakeUp()
      clearTimeout(ownTyping.end)
    },
  }
}
`
