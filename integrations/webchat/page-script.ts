/**
 * The script of the page, as browsers run it: no build step comes between. It stands in the page itself, which its content
 * security policy allows by the hash of this text.
 */
export const pageScript = String.raw`
(() => {
  'use strict'

  const base = location.pathname.replace(/\/?$/, '/')
  const tokenKey = 'plugboard-webchat ' + base
  const longestSilence = 40000
  const element = (id) => document.getElementById(id)
  const [log, list, state, notice, noticeText, composer, text, earlier] =
    ['log', 'list', 'state', 'notice', 'notice-text', 'composer', 'text', 'earlier'].map(element)
  const botName = document.title

  // ---- The session -------------------------------------------------------------------------------------------------

  // A browser may refuse to keep anything; then the session lasts as long as the page.
  const storage = {
    get: () => { try { return localStorage.getItem(tokenKey) } catch { return null } },
    set: (value) => {
      try { value === null ? localStorage.removeItem(tokenKey) : localStorage.setItem(tokenKey, value) } catch {}
    },
  }
  let token = storage.get()
  let opening

  function keep(value) {
    token = value
    storage.set(value)
  }

  function openSession() {
    opening ??= ask('session', { method: 'POST', anonymous: true })
      .then((response) => response.json())
      .then((session) => keep(session.token))
      .finally(() => { opening = undefined })
    return opening
  }

  async function ask(path, { anonymous = false, headers = {}, ...init } = {}) {
    if (!anonymous && !token) await openSession()
    const used = token
    let response
    try {
      response = await fetch(base + path, {
        ...init,
        cache: 'no-store',
        headers: { ...headers, ...(!anonymous && { authorization: 'Bearer ' + used }) },
      })
    } catch (cause) {
      if (init.signal?.aborted) throw cause
      throw Object.assign(new Error('The chat cannot be reached.'), { cause })
    }
    if (response.ok) return response
    const said = await response.json().catch(() => undefined)
    if (response.status === 401 && used === token) endSession()
    const message = said?.error?.message ?? 'the server answered with ' + response.status
    throw Object.assign(new Error('That did not work: ' + message + '.'), { status: response.status })
  }

  /** Forgets the visitor and what was said. What was not sent stays. */
  function endSession() {
    keep(null)
    position = undefined
    for (const [id, item] of shown) { item.remove(); shown.delete(id) }
    dropDrafts()
    for (const [id, item] of own) {
      if (item.classList.contains('pending') || item.classList.contains('failed')) continue
      item.remove()
      own.delete(id)
    }
    earlier.hidden = true
    log.setAttribute('aria-live', 'off')
  }

  // ---- What is shown -----------------------------------------------------------------------------------------------

  /** By the id of the message. */
  const shown = new Map()
  /** What is still being made, by the id that the message will have. */
  const drafts = new Map()
  /** What was written on this page, by the id that this page gave it. */
  const own = new Map()

  function make(tag, className, content) {
    const made = document.createElement(tag)
    if (className) made.className = className
    if (content !== undefined) made.textContent = content
    return made
  }

  const time = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' })
  const dayAndTime = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' })
  function timeOf(date) {
    const made = make('time', '', (date.toDateString() === new Date().toDateString() ? time : dayAndTime).format(date))
    made.dateTime = date.toISOString()
    made.title = dayAndTime.format(date)
    return made
  }

  const isWebAddress = (value) => /^https?:\/\//i.test(value) && URL.canParse(value)
  function link(address, label, className) {
    const made = make('a', className, label)
    made.href = address
    made.target = '_blank'
    made.rel = 'noopener noreferrer'
    return made
  }

  /** Text whose addresses are links. */
  function linked(content) {
    const parts = document.createDocumentFragment()
    for (const part of String(content).split(/(https?:\/\/[^\s<>"]*[^\s<>"'.,;:!?)\]}])/i))
      parts.append(isWebAddress(part) ? link(part, part) : part)
    return parts
  }

  function image(address, title) {
    const made = make('img')
    made.alt = title || 'Image'
    made.referrerPolicy = 'no-referrer'
    made.addEventListener('load', followDown)
    made.addEventListener('error', () => 
      made.replaceWith(isWebAddress(address) ? link(address, title || address) : title || address))
    made.src = address
    return made
  }

  function button(label, value) {
    const made = make('button', 'choice', label)
    made.type = 'button'
    made.addEventListener('click', () => say(value))
    return made
  }

  /** By type: what goes into the bubble, and the buttons below it. */
  const contents = {
    text: ({ text }) => [[linked(text)]],
    image: ({ imageUrl, title }) => [[...(title ? [make('p', '', title)] : []), image(imageUrl, title)]],
    choice: ({ text, options }) => [[linked(text)], options.map(({ label, value }) => button(label, value))],
    card: ({ title, subtitle, imageUrl, actions }) => [
      [
        ...(imageUrl ? [image(imageUrl, title)] : []),
        make('strong', '', title),
        ...(subtitle ? [make('p', 'subtitle', subtitle)] : []),
      ],
      actions.map(({ action, label, value }) =>
        action === 'url' && isWebAddress(value) ? link(value, label, 'choice') : button(label, value)),
    ],
  }

  function itemFor({ from, type, payload, createdAt }) {
    const item = make('li', 'message ' + from)
    const content = contents[type]
    const [inside, buttons = []] = content ? content(payload) : [['(A message that this page cannot show.)']]
    const bubble = make('div', 'bubble')
    bubble.append(make('span', 'unseen', (from === 'visitor' ? 'You' : botName) + ': '), ...inside)
    item.append(bubble)
    if (buttons.length > 0) {
      const choices = make('div', 'choices')
      choices.append(...buttons)
      item.append(choices)
    }
    const meta = make('div', 'meta')
    meta.append(timeOf(new Date(createdAt)))
    item.append(meta)
    item.dataset.time = createdAt
    return item
  }

  /** Puts an item where its time says; what is not confirmed stays below. */
  function place(item) {
    let next = null
    for (let other = list.lastElementChild; other; other = other.previousElementSibling) {
      if (other === item) continue
      const later = other.dataset.time === undefined || other.dataset.time > item.dataset.time
      if (!later || other.classList.contains('greeting')) break
      next = other
    }
    list.insertBefore(item, next)
  }

  /** Shows what a message is until now. It is spoken once it is whole. */
  function showDraft(message) {
    if (shown.has(message.id)) return
    const atEnd = isAtEnd()
    const item = itemFor(message)
    const before = drafts.get(message.id)
    if (before) before.replaceChildren(...item.childNodes)
    else {
      item.classList.add('draft')
      item.setAttribute('aria-hidden', 'true')
      drafts.set(message.id, item)
      place(item)
    }
    if (atEnd) toEnd()
  }

  function dropDraft(id) {
    drafts.get(id)?.remove()
    drafts.delete(id)
  }
  const dropDrafts = () => { for (const id of drafts.keys()) dropDraft(id) }

  function show(message) {
    if (shown.has(message.id)) return
    const written = own.get(message.clientMessageId)
    const item = itemFor(message)
    shown.set(message.id, item)
    if (drafts.has(message.id)) item.classList.add('settled')
    dropDraft(message.id)
    // Replaced in its place: what is spoken already is not spoken again.
    if (written) {
      written.className = item.className
      written.dataset.time = item.dataset.time
      written.querySelector('.meta').replaceWith(item.querySelector('.meta'))
      shown.set(message.id, written)
    }
    const atEnd = isAtEnd()
    if (!written || written.nextElementSibling) place(shown.get(message.id))
    if (atEnd || (written && !written.nextElementSibling)) toEnd()
  }

  let atEndBefore = true
  const isAtEnd = () => log.scrollHeight - log.scrollTop - log.clientHeight < 80
  const toEnd = () => { log.scrollTop = log.scrollHeight; atEndBefore = true }
  const followDown = () => { if (atEndBefore) toEnd() }
  log.addEventListener('scroll', () => { atEndBefore = isAtEnd() }, { passive: true })
  addEventListener('resize', followDown)

  function complain(message) {
    noticeText.textContent = message
    notice.hidden = message === ''
    followDown()
  }

  // ---- What the visitor says ---------------------------------------------------------------------------------------

  const newId = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')

  function say(content) {
    const id = newId()
    const item = itemFor({ from: 'visitor', type: 'text', payload: { text: content }, createdAt: new Date().toISOString() })
    delete item.dataset.time
    own.set(id, item)
    list.append(item)
    toEnd()
    void send(id, content, item)
  }

  /** Sends it under the same id however often, so that it is taken once. */
  async function send(id, content, item) {
    item.classList.remove('failed')
    item.classList.add('pending')
    item.querySelector('.again')?.remove()
    item.querySelector('.why')?.remove()
    const body = JSON.stringify({ text: content, clientMessageId: id })
    const post = () => ask('messages', { method: 'POST', headers: { 'content-type': 'application/json' }, body })
    try {
      await post().catch((error) => {
        if (error.status !== 401) throw error
        return post()
      })
      item.classList.remove('pending')
      complain('')
    } catch (error) {
      // It may have been taken although the answer was lost.
      if ([...shown.values()].includes(item)) return
      item.classList.remove('pending')
      item.classList.add('failed')
      const again = make('button', 'again', 'Send again')
      again.type = 'button'
      again.addEventListener('click', () => send(id, content, item))
      item.querySelector('.meta').append(make('span', 'why', 'Not sent'), again)
      complain(error.message)
      toEnd()
    }
  }

  composer.addEventListener('submit', (event) => {
    event.preventDefault()
    const content = text.value
    text.focus()
    if (content.trim() === '') return
    text.value = ''
    fit()
    say(content)
  })
  text.addEventListener('keydown', (event) => {
    // While a word is composed, as in Japanese, Enter ends the word.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    event.preventDefault()
    composer.requestSubmit()
  })
  const grows = CSS.supports('field-sizing', 'content')
  function fit() {
    if (!grows) {
      text.style.height = 'auto'
      text.style.height = text.scrollHeight + 2 + 'px'
    }
    followDown()
  }
  text.addEventListener('input', fit)

  // ---- What comes --------------------------------------------------------------------------------------------------

  /** After which message the events go on; undefined before the history is there. */
  let position
  let current
  let wakeUp = () => {}

  async function readHistory(before) {
    const response = await ask('history' + (before ? '?before=' + encodeURIComponent(before) : ''), { signal: current?.signal })
    const history = await response.json()
    history.messages.forEach(show)
    earlier.hidden = !history.hasEarlier
    return history
  }

  earlier.addEventListener('click', async () => {
    const oldest = [...shown].find(([, item]) => item === list.querySelector('.message[data-time]'))
    const height = log.scrollHeight
    log.setAttribute('aria-live', 'off')
    try {
      await readHistory(oldest?.[0])
      log.scrollTop += log.scrollHeight - height
    } catch (error) {
      complain(error.message)
    } finally {
      log.setAttribute('aria-live', 'polite')
    }
  })

  async function follow(signal) {
    const silence = new AbortController()
    const quiet = () => silence.abort()
    let timer = setTimeout(quiet, longestSilence)
    try {
      const response = await ask('events', {
        headers: { accept: 'text/event-stream', 'last-event-id': position },
        signal: AbortSignal.any([signal, silence.signal]),
      })
      // Of what was being made when the connection broke, the next one brings what has come of it.
      dropDrafts()
      tell('connected', 'Connected')
      complain('')
      failures = 0
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
      let rest = ''
      for (;;) {
        const { value, done } = await reader.read()
        if (done) return
        clearTimeout(timer)
        timer = setTimeout(quiet, longestSilence)
        const frames = (rest + value).split('\n\n')
        rest = frames.pop()
        for (const frame of frames) take(frame)
      }
    } finally {
      clearTimeout(timer)
    }
  }

  const takers = { message: show, draft: showDraft, discard: ({ id }) => dropDraft(id) }
  function take(frame) {
    let data = ''
    let name = 'message'
    let id
    for (const line of frame.split('\n')) {
      if (line.startsWith('data: ')) data += line.slice(6)
      else if (line.startsWith('event: ')) name = line.slice(7)
      else if (line.startsWith('id: ')) id = line.slice(4)
    }
    if (data !== '') takers[name]?.(JSON.parse(data))
    if (id !== undefined) position = id
  }

  function tell(name, words) {
    state.className = 'state ' + name
    if (state.textContent !== words) state.textContent = words
  }

  let failures = 0
  /** Waits longer after each failure, with chance in it, so that visitors do not come back all at once. */
  function pause() {
    const longest = Math.min(500 * 2 ** failures, 15000)
    failures += 1
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, longest * (0.5 + Math.random() / 2))
      wakeUp = () => { clearTimeout(timer); resolve() }
    })
  }

  async function run() {
    for (;;) {
      current = new AbortController()
      try {
        if (position === undefined) {
          tell('', 'Connecting …')
          position = (await readHistory()).position
          toEnd()
          log.setAttribute('aria-live', 'polite')
        }
        await follow(current.signal)
        tell('', 'Reconnecting …')
      } catch (error) {
        if (current.signal.aborted) continue
        tell('offline', navigator.onLine === false ? 'Offline' : 'Not connected, trying again …')
        if (failures > 1) complain(error.message)
      }
      await pause()
    }
  }

  addEventListener('online', () => wakeUp())
  document.addEventListener('visibilitychange', () => { if (!document.hidden) wakeUp() })
  element('anew').addEventListener('click', () => {
    endSession()
    for (const item of own.values()) item.remove()
    own.clear()
    complain('')
    failures = 0
    current.abort()
    wakeUp()
    text.focus()
  })

  if (matchMedia('(pointer: fine)').matches) text.focus()
  void run()
})()
`
