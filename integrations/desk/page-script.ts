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
  // Whether whoever is here has taken the session that is open.
  let isMine = false
  let listed = ''
  // What the list of messages shows, and of which session.
  let shown = { id: undefined, lines: [] }
  // What was to be sent last: the same words are sent again under the same id, and so said once.
  let last = { text: '', id: '' }

  async function request(path, body) {
    const headers = { authorization: 'Bearer ' + who.key }
    const response = await fetch(base + path, body === undefined
      ? { headers, cache: 'no-store' }
      : { method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(body) })
    if (response.ok) return response
    const said = await response.json().catch(() => undefined)
    const error = new Error(said?.error?.message ?? 'the server answered with ' + response.status)
    throw Object.assign(error, { status: response.status })
  }

  const ask = async (path, body) => (await request(path, body)).json().catch(() => ({}))

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
    const waited = sessions.map(({ createdAt }) => since(createdAt))
    const now = JSON.stringify([sessions, open, waited])
    if (now === listed) return
    listed = now
    const focused = document.activeElement?.dataset?.session
    none.hidden = sessions.length > 0
    list.replaceChildren(...sessions.map(({ id, title, name, words, agents, createdAt }, index) => {
      const item = document.createElement('li')
      const button = item.appendChild(document.createElement('button'))
      button.type = 'button'
      button.title = new Date(createdAt).toLocaleString()
      const lines = { who: name, title, words: words ? '“' + words + '”' : '', standing: standing(agents) + ' · asked ' + waited[index] }
      for (const [kind, said] of Object.entries(lines)) {
        if (!said) continue
        const span = document.createElement('span')
        span.className = kind === 'standing' && agents.length === 0 ? 'standing free' : kind
        span.textContent = said
        button.append(span)
      }
      button.dataset.session = id
      button.setAttribute('aria-current', String(id === open))
      button.addEventListener('click', () => openSession(id))
      return item
    }))
    if (focused) [...list.querySelectorAll('button')].find(({ dataset }) => dataset.session === focused)?.focus()
  }

  const standing = (agents) => (agents.length === 0 ? 'Free' : 'Taken by ' + agents.join(', '))

  // How long ago something was. The clock of whoever serves may be behind.
  function since(time) {
    const minutes = Math.max(0, Math.floor((Date.now() - Date.parse(time)) / 60_000))
    if (minutes < 1) return 'just now'
    if (minutes < 60) return minutes + ' min ago'
    return minutes < 1440 ? Math.floor(minutes / 60) + ' h ago' : Math.floor(minutes / 1440) + ' d ago'
  }

  // Looking at a session takes nothing.
  async function openSession(id) {
    open = id
    try {
      await showSession()
    } catch (error) {
      state.textContent = 'That did not work: ' + error.message
    }
  }

  const take = () => act('take', { name: who.name })

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
    // Another one was opened meanwhile.
    if (about.id !== open) return
    if (about.isOver) {
      open = undefined
      session.hidden = true
      return
    }
    session.hidden = false
    element('title').textContent = about.name + ': ' + about.title
    element('standing').textContent = standing(about.agents)
    isMine = about.agents.includes(who.name)
    element('take').hidden = isMine
    element('description').textContent = about.description ?? ''
    const lines = said.map((one) => JSON.stringify(one))
    if (shown.id !== about.id) shown = { id: about.id, lines: [] }
    // What is there already is not spoken again.
    const differs = lines.findIndex((one, index) => one !== shown.lines[index])
    const kept = differs === -1 ? lines.length : differs
    if (kept === lines.length && kept === shown.lines.length) return
    shown.lines = lines
    while (messages.children.length > kept) {
      for (const { dataset } of messages.lastElementChild.querySelectorAll('[data-blob]')) URL.revokeObjectURL(dataset.blob)
      messages.lastElementChild.remove()
    }
    messages.append(...said.slice(kept).map((one) => line(one, about.id)))
    messages.scrollTop = messages.scrollHeight
  }

  // What a message of any type says, as text.
  function wordsOf({ text, markdown, title, subtitle, address, latitude, longitude, options, actions, items }) {
    const place = latitude === undefined ? undefined : latitude + ', ' + longitude
    const choices = (options ?? actions ?? []).map(({ label }) => '· ' + label)
    const inner = (items ?? []).map((item) => wordsOf(item.payload ?? item))
    return [text ?? markdown ?? title, subtitle, address, place, ...choices, ...inner].filter(Boolean).join('\n')
  }

  // A file is asked for with the key, which no link and no picture brings along: pictures at once, all else by a click.
  function fileOf({ id, name, isPicture, url }, session) {
    const place = document.createElement('p')
    const button = place.appendChild(document.createElement('button'))
    button.type = 'button'
    button.className = 'file'
    button.textContent = 'Open ' + name
    const show = async () => {
      button.disabled = true
      try {
        const response = await request('sessions/' + session + '/files/' + id)
        const blob = await response.blob()
        const [, given] = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get('content-disposition') ?? '') ?? []
        const address = URL.createObjectURL(blob)
        place.dataset.blob = address
        const [, kind] = /^(image|audio|video)\/(?!svg)/.exec(blob.type) ?? []
        const shown = document.createElement(kind === undefined ? 'a' : kind === 'image' ? 'img' : kind)
        if (kind === undefined) Object.assign(shown, { href: address, download: given === undefined ? name : decodeURIComponent(given), textContent: 'Save ' + name })
        else if (kind === 'image') Object.assign(shown, { src: address, alt: name })
        else Object.assign(shown, { src: address, controls: true })
        // Whoever is at the end of the conversation stays there.
        const isAtEnd = messages.scrollHeight - messages.scrollTop - messages.clientHeight < 40
        if (isAtEnd) shown.addEventListener('load', () => { messages.scrollTop = messages.scrollHeight })
        button.replaceWith(shown)
        if (kind === undefined) shown.click()
      } catch (error) {
        button.disabled = false
        place.append(' That did not work: ' + error.message)
        if (!/^https?:/.test(url)) return
        const link = Object.assign(document.createElement('a'), { href: url, textContent: url, target: '_blank' })
        link.rel = 'noopener noreferrer'
        place.append(' ', link)
        button.remove()
      }
    }
    button.addEventListener('click', show)
    if (isPicture) void show()
    return place
  }

  function line({ from, name, type, payload, files }, session) {
    const item = document.createElement('li')
    item.className = from
    const by = item.appendChild(document.createElement('p'))
    by.className = 'by'
    by.textContent = name ?? (from === 'bot' ? 'Bot' : 'Somebody')
    const words = wordsOf(payload)
    if (words) item.append(words)
    item.append(...files.map((file) => fileOf(file, session)))
    if (!words && files.length === 0) item.append(type + ' ' + JSON.stringify(payload))
    return item
  }

  composer.addEventListener('submit', async (event) => {
    event.preventDefault()
    if (!open || text.value.trim() === '') return
    if (last.text !== text.value) last = { text: text.value, id: newId() }
    const said = last
    // The first answer takes the session.
    if (!isMine && !(await take())) return
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
  element('take').addEventListener('click', take)
  element('end').addEventListener('click', () => act('end', { name: who.name }))
})()
`
