/** Part of the script of the page: what messages of each type look like. */
export const contentsScript = String.raw`
  // ---- What messages look like -------------------------------------------------------------------------------------

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
    return String(content).split(/(https?:\/\/[^\s<>"]*[^\s<>"'.,;:!?)\]}])/i)
      .filter((part) => part !== '')
      .map((part) => isWebAddress(part) ? link(part, part) : part)
  }

  /** Files of the chat, which only its visitor is given: by address, as addresses that this page made. */
  const files = new Map()
  const isOwnFile = (address) => address.startsWith('files/') || address.startsWith('blob:')
  function fileAt(address) {
    if (!address.startsWith('files/')) return Promise.resolve(address)
    if (!files.has(address)) {
      const loaded = chat.file(address).then((blob) => URL.createObjectURL(blob))
      loaded.catch(() => files.delete(address))
      files.set(address, loaded)
    }
    return files.get(address)
  }
  function forgetFiles() {
    for (const file of files.values()) file.then(URL.revokeObjectURL, () => {})
    files.clear()
  }

  /** An element that shows what is at an address; where it cannot, the address or its name. */
  function media(tag, address, title) {
    const made = make(tag)
    const name = title || { img: 'Image', audio: 'Sound', video: 'Film' }[tag]
    const instead = () => made.replaceWith(isWebAddress(address) ? link(address, title || address) : title ? 'This cannot be shown here.' : name + ' (cannot be shown here)')
    if (tag === 'img') made.alt = name
    else {
      made.controls = true
      made.preload = 'metadata'
      made.setAttribute('aria-label', name)
    }
    made.referrerPolicy = 'no-referrer'
    made.addEventListener(tag === 'img' ? 'load' : 'loadedmetadata', followDown)
    made.addEventListener('error', instead)
    if (isOwnFile(address)) fileAt(address).then((url) => { made.src = url }, instead)
    else if (isWebAddress(address) || /^data:(?:image|audio|video)\//i.test(address)) made.src = address
    else queueMicrotask(instead)
    return made
  }

  function fileLink(address, title) {
    const name = title || 'File'
    if (!isOwnFile(address)) return isWebAddress(address) ? link(address, name, 'file') : make('span', '', name)
    const made = make('button', 'file', name)
    made.type = 'button'
    made.addEventListener('click', () => fileAt(address).then((url) => {
      const saved = make('a')
      saved.href = url
      saved.download = name
      saved.click()
    }, (error) => complain(error.message)))
    return made
  }

  function button(label, value) {
    const made = make('button', 'choice', label)
    made.type = 'button'
    made.addEventListener('click', () => say(value))
    return made
  }

  const titled = (title, ...rest) => [...(title ? [make('p', 'title', title)] : []), ...rest]

  function cardOf({ title, subtitle, imageUrl }) {
    return [
      ...(imageUrl ? [media('img', imageUrl, title)] : []),
      make('strong', '', title),
      ...(subtitle ? [make('p', 'subtitle', subtitle)] : []),
    ]
  }
  const actionsOf = ({ actions }) => actions.map(({ action, label, value }) =>
    action === 'url' && isWebAddress(value) ? link(value, label, 'choice') : button(label, value))

  function dropdown({ text, options }) {
    const select = make('select')
    select.setAttribute('aria-label', text)
    const none = make('option', '', 'Choose …')
    none.value = ''
    select.append(none, ...options.map(({ label }, index) => {
      const option = make('option', '', label)
      option.value = String(index)
      return option
    }))
    const send = make('button', 'choice', 'Choose')
    send.type = 'button'
    send.addEventListener('click', () => {
      if (select.value === '') select.focus()
      else say(options[Number(select.value)].value)
    })
    return [select, send]
  }

  function carousel({ items }) {
    const list = make('ul', 'carousel')
    list.tabIndex = 0
    list.setAttribute('aria-label', items.length + ' cards')
    list.append(...items.map((card) => {
      const item = make('li', 'bubble')
      const actions = make('div', 'choices')
      actions.append(...actionsOf(card))
      item.append(...cardOf(card), actions)
      return item
    }))
    return list
  }

  function place({ latitude, longitude, title, address }) {
    const point = latitude + ', ' + longitude
    const map = 'https://www.openstreetmap.org/?mlat=' + latitude + '&mlon=' + longitude + '#map=15/' + latitude + '/' + longitude
    return titled(title, ...(address ? [make('p', '', address)] : []), link(map, point + ' (map)'))
  }

  /** By type: what goes into the bubble, the buttons below it, and what stands beside it. */
  const contents = {
    text: ({ text }) => [linked(text)],
    markdown: (payload) => {
      const made = make('div', 'markdown')
      made.append(...markdown(payload.markdown))
      return [[made]]
    },
    image: ({ imageUrl, title }) => [titled(title, media('img', imageUrl, title))],
    audio: ({ audioUrl, title }) => [titled(title, media('audio', audioUrl, title))],
    video: ({ videoUrl, title }) => [titled(title, media('video', videoUrl, title))],
    file: ({ fileUrl, title }) => [[fileLink(fileUrl, title)]],
    location: (payload) => [place(payload)],
    choice: ({ text, options }) => [linked(text), options.map(({ label, value }) => button(label, value))],
    dropdown: (payload) => [linked(payload.text), dropdown(payload)],
    card: (payload) => [cardOf(payload), actionsOf(payload)],
    carousel: (payload) => [[], [], carousel(payload)],
    bloc: ({ items }) => [items.map(({ type, payload }) => {
      const part = make('div', 'part')
      part.append(...contents[type](payload)[0])
      return part
    })],
  }
`
