/** Part of the script of the page: the conversations of the visitor, and what of them was read. */
export const panelScript = String.raw`
  // ---- Conversations -----------------------------------------------------------------------------------------------

  const [panel, panelList, panelButton, badge] = ['panel', 'panel-list', 'conversations', 'badge'].map(element)

  const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' })
  async function refreshPanel() {
    const conversations = await chat.conversations().catch(() => [])
    const unread = conversations.filter((one) => one.unread && one.id !== chat.conversationId)
    badge.hidden = unread.length === 0
    badge.replaceChildren(String(unread.length), make('span', 'long', ' unread'))
    panelButton.hidden = conversations.length < 2 && !isForgettable(conversations)
    panelList.replaceChildren(...conversations.map((one) => {
      const item = make('li')
      const opener = make('button', 'conversation')
      opener.type = 'button'
      const isOpen = one.id === chat.conversationId
      if (isOpen) opener.setAttribute('aria-current', 'true')
      opener.append(make('span', 'title', one.title ?? 'New chat'), make('span', 'day', day.format(new Date(one.createdAt))))
      if (one.unread && !isOpen) opener.append(make('span', 'new', 'Unread'))
      opener.addEventListener('click', () => {
        panel.close()
        if (!isOpen) openOther(one.id)
      })
      item.append(opener)
      return item
    }))
    tellSite(unread.length)
  }
  const isForgettable = (conversations) => conversations.some(({ title }) => title !== undefined)

  function leaveOpen() {
    clearOwn()
    endEdit()
    complain('')
  }
  function openOther(id) {
    leaveOpen()
    chat.open(id)
    text.focus()
  }
  panelButton.addEventListener('click', () => { void refreshPanel(); panel.showModal() })
  element('panel-close').addEventListener('click', () => panel.close())
  panel.addEventListener('click', ({ target }) => { if (target === panel) panel.close() })
  element('anew').addEventListener('click', async () => {
    leaveOpen()
    text.focus()
    // Where nothing was said there is nothing to leave.
    if (shown.size > 0) await doing(chat.begin())
  })
  async function forget() {
    panel.close()
    leaveOpen()
    await chat.signOut()
    text.focus()
  }
  element('forget').addEventListener('click', () => void forget())

  // ---- What was read -----------------------------------------------------------------------------------------------

  /** How many messages of the bot came while nobody looked, and how many other conversations wait. */
  let unseen = 0
  let waiting = 0
  const tellSite = (others = waiting) => {
    waiting = others
    toSite({ webchat: 'unread', count: unseen + others })
  }
  function noteElsewhere() {
    waiting = Math.max(waiting, 1)
    tellSite()
  }

  /** Tells the bot what the visitor has before their eyes. */
  function noteReading(message) {
    const isRead = isShown && !document.hidden
    if (message?.from === 'bot' && !isRead) {
      unseen += 1
      chat.receipt(message.id, 'delivered')
      tellSite()
    }
    if (!isRead) return
    const last = [...shown.values()].map((one) => one.message).filter(({ from }) => from === 'bot')
      .reduce((latest, one) => latest && latest.createdAt > one.createdAt ? latest : one, undefined)
    if (last && !last.read) {
      chat.receipt(last.id, 'read')
      last.read = true
    }
    if (unseen > 0) {
      unseen = 0
      tellSite()
    }
  }
`
