/** Part of the script of the page: the messages in their list. */
export const itemsScript = String.raw`
  // ---- What is shown -----------------------------------------------------------------------------------------------

  /** By the id of the message: what is told of it, and its item. */
  const shown = new Map()
  /** What is still being made, by the id that the message will have. */
  const drafts = new Map()
  /** What was written on this page, by the id that this page gave it. */
  const own = new Map()
  const usualReactions = ['👍', '❤️', '😂', '🎉', '👎']

  function itemFor(message) {
    const { id, from, type, payload, createdAt, deleted } = message
    const item = make('li', 'message ' + from + (deleted ? ' deleted' : ''))
    const content = contents[type]
    const [inside, below = [], beside] = deleted
      ? [[from === 'visitor' ? 'You deleted this message.' : 'This message was deleted.']]
      : content ? content(payload) : [['(A message that this page cannot show.)']]
    const who = make('span', 'unseen', (from === 'visitor' ? 'You' : botName) + ': ')
    const line = make('div', 'line')
    if (beside) {
      line.classList.add('wide')
      line.append(who, beside)
    } else {
      const bubble = make('div', 'bubble')
      bubble.append(who, ...inside)
      line.append(bubble)
    }
    item.append(line)
    if (below.length > 0) {
      const choices = make('div', 'choices')
      choices.append(...below)
      item.append(choices)
    }
    if (id !== undefined && !deleted) {
      line.append(menuFor(message, item))
      item.append(...reactionsOf(message))
    }
    item.append(metaOf(message))
    item.dataset.time = createdAt
    return item
  }

  function metaOf({ createdAt, from, edited, read, deleted }) {
    const meta = make('div', 'meta')
    meta.append(timeOf(new Date(createdAt)))
    if (edited && !deleted) meta.append(make('span', '', 'Edited'))
    if (read && from === 'visitor') meta.append(make('span', 'read', 'Read'))
    return meta
  }

  /** Reactions by what they are: one of the visitor's own is taken back by its button. */
  function reactionsOf({ id, reactions = [] }) {
    if (reactions.length === 0) return []
    const chips = make('div', 'reactions')
    for (const reaction of new Set(reactions.map((one) => one.reaction))) {
      const by = reactions.filter((one) => one.reaction === reaction).map(({ from }) => from)
      const mine = by.includes('visitor')
      const chip = make('button', 'reaction', reaction + (by.length > 1 ? ' ' + by.length : ''))
      chip.type = 'button'
      chip.setAttribute('aria-pressed', String(mine))
      chip.setAttribute('aria-label', reaction + ' by ' + by.map((from) => from === 'visitor' ? 'you' : botName).join(' and '))
      chip.addEventListener('click', () => doing(chat.react(id, reaction, !mine)))
      chips.append(chip)
    }
    return [chips]
  }

  const doing = (work) => work.then(() => complain(''), (error) => complain(error.message))

  /** What can be done with a message: reactions, and with one's own changes. */
  function menuFor(message, item) {
    const more = make('button', 'more', '⋯')
    more.type = 'button'
    more.setAttribute('aria-label', 'What to do with this message')
    more.setAttribute('aria-expanded', 'false')
    const close = () => {
      item.querySelector('.menu')?.remove()
      more.setAttribute('aria-expanded', 'false')
    }
    const entry = (label, words, act) => {
      const made = make('button', 'entry', label)
      made.type = 'button'
      if (words) made.setAttribute('aria-label', words)
      made.addEventListener('click', () => { close(); more.focus(); act() })
      return made
    }
    more.addEventListener('click', () => {
      if (item.querySelector('.menu')) { close(); return }
      const menu = make('div', 'menu')
      menu.setAttribute('role', 'group')
      menu.setAttribute('aria-label', 'What to do with this message')
      menu.append(...usualReactions.map((reaction) =>
        entry(reaction, 'React with ' + reaction, () => doing(chat.react(message.id, reaction)))))
      if (message.from === 'visitor') {
        if (message.type === 'text') menu.append(entry('Edit', '', () => beginEdit(message)))
        menu.append(entry('Delete', '', () => doing(chat.remove(message.id))))
      }
      menu.addEventListener('keydown', (event) => {
        if (event.key !== 'Escape') return
        event.preventDefault()
        close()
        more.focus()
      })
      item.querySelector('.line').after(menu)
      more.setAttribute('aria-expanded', 'true')
      menu.firstElementChild.focus()
      followDown()
    })
    return more
  }

  /** Puts an item where its time says; what is not confirmed stays below. */
  function putInPlace(item) {
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
    const item = itemFor({ ...message, id: undefined })
    const before = drafts.get(message.id)
    if (before) before.replaceChildren(...item.childNodes)
    else {
      item.classList.add('draft')
      item.setAttribute('aria-hidden', 'true')
      drafts.set(message.id, item)
      putInPlace(item)
    }
    if (atEnd) toEnd()
  }

  function dropDraft(id) {
    drafts.get(id)?.remove()
    drafts.delete(id)
  }
  const dropDrafts = () => { for (const id of drafts.keys()) dropDraft(id) }

  function show(message) {
    if (shown.has(message.id)) { showChange(message); return }
    const written = own.get(message.clientMessageId)
    const item = itemFor(message)
    if (drafts.has(message.id)) item.classList.add('settled')
    dropDraft(message.id)
    if (written) {
      confirm(written, message)
      shown.set(message.id, { message, item: written })
    } else shown.set(message.id, { message, item })
    const atEnd = isAtEnd()
    const placed = shown.get(message.id).item
    if (!written || written.nextElementSibling) putInPlace(placed)
    if (atEnd || (written && !written.nextElementSibling)) toEnd()
  }

  /** What was written here has been taken. It stays as it is: what is spoken already is not spoken again. */
  function confirm(item, message) {
    const fresh = itemFor(message)
    item.className = fresh.className
    item.dataset.time = fresh.dataset.time
    item.querySelector('.meta').replaceWith(metaOf(message))
    if (!item.querySelector('.more')) item.querySelector('.line').append(menuFor(message, item))
  }

  /** Shows what has become of a message. */
  function showChange(message) {
    const known = shown.get(message.id)
    if (!known || JSON.stringify(known.message) === JSON.stringify(message)) return
    const { item } = known
    const atEnd = isAtEnd()
    const isFocused = item.contains(document.activeElement)
    // What changes only below a message is not a reason to speak it again.
    const said = (one) => JSON.stringify({ ...one, read: undefined, reactions: undefined })
    if (said(known.message) === said(message)) {
      item.querySelector('.reactions')?.remove()
      item.querySelector('.meta').replaceWith(...reactionsOf(message), metaOf(message))
    } else {
      known.item = itemFor(message)
      known.item.classList.add('settled')
      item.replaceWith(known.item)
    }
    known.message = message
    if (isFocused && !known.item.contains(document.activeElement)) known.item.querySelector('.more')?.focus()
    if (atEnd) toEnd()
  }

  /** Forgets what was said. What this visitor has not sent yet stays. */
  function clearItems() {
    for (const { item } of shown.values()) item.remove()
    shown.clear()
    dropDrafts()
    forgetFiles()
    showTyping(false)
    for (const [id, item] of own) {
      if (item.classList.contains('pending') || item.classList.contains('failed')) continue
      item.remove()
      own.delete(id)
    }
  }

  /** Forgets what was written, too: it belongs to what was open before. */
  function clearOwn() {
    for (const item of own.values()) item.remove()
    own.clear()
  }

  function showTyping(isTyping) {
    typing.hidden = !isTyping
    followDown()
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

  earlier.addEventListener('click', async () => {
    const oldest = [...shown].find(([, { item }]) => item === list.querySelector('.message[data-time]'))
    const height = log.scrollHeight
    log.setAttribute('aria-live', 'off')
    try {
      const history = await chat.history({ before: oldest?.[0] })
      history.messages.forEach(show)
      earlier.hidden = !history.hasEarlier
      log.scrollTop += log.scrollHeight - height
    } catch (error) {
      complain(error.message)
    } finally {
      log.setAttribute('aria-live', 'polite')
    }
  })
`
