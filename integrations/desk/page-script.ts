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
  let listed = ''
  // What the list of messages shows, and of which session.
  let shown = { id: undefined, lines: [] }
  // What was to be sent last: the same words are sent again under the same id, and so said once.
  let last = { text: '', id: '' }

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
      state.textContent = error.status === 401 ? 'The key is wrong.' : 'The desk cannot be reached.'
    }
    setTimeout(look, pause)
  }

  function showList(sessions) {
    // What has not changed stays: a list that is made anew loses the focus.
    const now = JSON.stringify([sessions, open])
    if (now === listed) return
    listed = now
    const focused = document.activeElement?.dataset?.session
    none.hidden = sessions.length > 0
    list.replaceChildren(...sessions.map(({ id, title, name, agents }) => {
      const item = document.createElement('li')
      const button = item.appendChild(document.createElement('button'))
      button.type = 'button'
      button.textContent = (name ?? 'Somebody') + ': ' + title + (agents.length > 0 ? ' (' + agents.join(', ') + ')' : '')
      button.dataset.session = id
      button.setAttribute('aria-current', String(id === open))
      button.addEventListener('click', () => take(id))
      return item
    }))
    if (focused) [...list.querySelectorAll('button')].find(({ dataset }) => dataset.session === focused)?.focus()
  }

  async function take(id) {
    open = id
    await act('take', { name: who.name })
  }

  // What is done is shown at once; a session that is over is left. Gives whether it was done.
  async function act(deed, body) {
    try {
      await ask('sessions/' + open + '/' + deed, body)
    } catch (error) {
      state.textContent = 'That did not work: ' + error.message
      return false
    }
    await showSession().catch(() => {})
    return true
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
    const lines = said.map((one) => JSON.stringify(one))
    if (shown.id !== about.id) shown = { id: about.id, lines: [] }
    // What is there already is not spoken again.
    const differs = lines.findIndex((one, index) => one !== shown.lines[index])
    const kept = differs === -1 ? lines.length : differs
    if (kept === lines.length && kept === shown.lines.length) return
    shown.lines = lines
    while (messages.children.length > kept) messages.lastElementChild.remove()
    messages.append(...said.slice(kept).map(line))
    messages.scrollTop = messages.scrollHeight
  }

  // What a message of any type says, as text.
  function wordsOf({ text, markdown, title, subtitle, address, latitude, longitude, options, actions, items }) {
    const place = latitude === undefined ? undefined : latitude + ', ' + longitude
    const choices = (options ?? actions ?? []).map(({ label }) => '· ' + label)
    const inner = (items ?? []).map((item) => wordsOf(item.payload ?? item))
    return [text ?? markdown ?? title, subtitle, address, place, ...choices, ...inner].filter(Boolean).join('\n')
  }

  function line({ from, name, type, payload }) {
    const item = document.createElement('li')
    item.className = from
    const by = item.appendChild(document.createElement('p'))
    by.className = 'by'
    by.textContent = name ?? (from === 'bot' ? 'Bot' : 'Somebody')
    const words = wordsOf(payload)
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
    if (last.text !== text.value) last = { text: text.value, id: newId() }
    const said = last
    const isSent = await act('messages', { name: who.name, text: said.text, clientMessageId: said.id })
    if (!isSent) return
    if (last === said) last = { text: '', id: '' }
    // What was not sent, and what was written meanwhile, stays.
    if (text.value === said.text) text.value = ''
  })
  text.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    event.preventDefault()
    composer.requestSubmit()
  })
  element('end').addEventListener('click', () => act('end', { name: who.name }))
})()
`
