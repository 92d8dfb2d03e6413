/**
 * The script of the page, as browsers run it: no build step comes between. It stands in the page itself, which its content
 * security policy allows by the hash of this text.
 */
export const pageScript = String.raw`
(() => {
  'use strict'

  const base = location.pathname.replace(/\/?$/, '/')
  const pause = 1500
  const element = (id) => document.getElementById(id)
  // Browsers have randomUUID for https alone.
  const newId = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(36)).join('')
  const [state, entry, work, list, none, session, messages, composer, text] =
    ['state', 'entry', 'work', 'sessions', 'none', 'session', 'messages', 'composer', 'text'].map(element)

  // A browser may refuse to keep anything; then it is asked for again.
  const stored = (name) => { try { return sessionStorage.getItem(name) ?? '' } catch { return '' } }
  const store = (name, value) => { try { sessionStorage.setItem(name, value) } catch {} }
  const linked = new URLSearchParams(location.hash.slice(1)).get('key')
  if (linked) {
    store('key', linked)
    history.replaceState(null, '', base)
  }
  const who = { name: stored('name'), key: linked ?? stored('key') }
  element('name').value = who.name
  element('key').value = who.key
  let open
  let shown = ''

  async function ask(path, body) {
    const headers = { authorization: 'Bearer ' + who.key }
    const response = await fetch(base + path, body === undefined
      ? { headers, cache: 'no-store' }
      : { method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(body) })
    if (response.ok) return response.json().catch(() => ({}))
    const said = await response.json().catch(() => undefined)
    const error = new Error(said?.error?.message ?? 'the server answered with ' + response.status)
    throw Object.assign(error, { status: response.status })
  }

  entry.addEventListener('submit', async (event) => {
    event.preventDefault()
    who.name = element('name').value.trim()
    who.key = element('key').value.trim()
    try {
      await ask('sessions')
      store('name', who.name)
      store('key', who.key)
      entry.hidden = true
      work.hidden = false
      await look()
    } catch (error) {
      state.textContent = error.status === 401 ? 'The key is wrong.' : 'That did not work: ' + error.message
    }
  })

  async function look() {
    try {
      const { sessions } = await ask('sessions')
      showList(sessions)
      if (open) await showSession()
      state.textContent = ''
    } catch (error) {
      state.textContent = 'The desk cannot be reached.'
    }
    setTimeout(look, pause)
  }

  function showList(sessions) {
    none.hidden = sessions.length > 0
    list.replaceChildren(...sessions.map(({ id, title, name, agents }) => {
      const item = document.createElement('li')
      const button = item.appendChild(document.createElement('button'))
      button.type = 'button'
      button.textContent = (name ?? 'Somebody') + ': ' + title + (agents.length > 0 ? ' (' + agents.join(', ') + ')' : '')
      button.setAttribute('aria-current', String(id === open))
      button.addEventListener('click', () => take(id))
      return item
    }))
  }

  async function take(id) {
    open = id
    await act('take', { name: who.name })
  }

  // What is done is shown at once; a session that is over is left.
  async function act(deed, body) {
    try {
      await ask('sessions/' + open + '/' + deed, body)
      await showSession()
    } catch (error) {
      state.textContent = 'That did not work: ' + error.message
    }
  }

  async function showSession() {
    const { session: about, messages: said } = await ask('sessions/' + open)
    if (about.isOver) {
      open = undefined
      session.hidden = true
      return
    }
    session.hidden = false
    element('title').textContent = about.title
    element('description').textContent = about.description ?? ''
    const now = open + JSON.stringify(said)
    if (now === shown) return
    shown = now
    messages.replaceChildren(...said.map(line))
    messages.scrollTop = messages.scrollHeight
  }

  function line({ from, name, type, payload }) {
    const item = document.createElement('li')
    item.className = from
    const by = item.appendChild(document.createElement('p'))
    by.className = 'by'
    by.textContent = name ?? (from === 'bot' ? 'Bot' : 'Somebody')
    const words = payload.text ?? payload.markdown ?? payload.title
    if (words) item.append(words)
    const url = payload.imageUrl ?? payload.fileUrl ?? payload.audioUrl ?? payload.videoUrl
    if (typeof url === 'string' && /^https?:/.test(url)) {
      const link = document.createElement('a')
      link.href = url
      link.rel = 'noopener noreferrer'
      link.target = '_blank'
      link.textContent = url
      item.append(words ? '\n' : '', link)
    } else if (!words) item.append(type + ' ' + JSON.stringify(payload))
    return item
  }

  composer.addEventListener('submit', async (event) => {
    event.preventDefault()
    if (!open || text.value.trim() === '') return
    const body = { name: who.name, text: text.value, clientMessageId: newId() }
    text.value = ''
    await act('messages', body)
  })
  text.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    event.preventDefault()
    composer.requestSubmit()
  })
  element('end').addEventListener('click', () => act('end', { name: who.name }))
})()
`
