/** Part of the script of the page: what the visitor says and sends. */
export const writingScript = String.raw`
  // ---- What the visitor says ---------------------------------------------------------------------------------------

  const newId = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')

  function say(content) {
    put({ type: 'text', payload: { text: content } }, (clientMessageId) => chat.send(content, { clientMessageId }))
  }

  /** Shows what is being sent, and sends it. */
  function put(content, post) {
    const id = newId()
    const item = itemFor({ ...content, from: 'visitor', createdAt: new Date().toISOString() })
    delete item.dataset.time
    own.set(id, item)
    list.append(item)
    toEnd()
    void send(item, () => post(id))
  }

  /** Sends it under the same id however often, so that it is taken once. */
  async function send(item, post) {
    item.classList.remove('failed')
    item.classList.add('pending')
    item.querySelector('.again')?.remove()
    item.querySelector('.why')?.remove()
    try {
      await post()
      item.classList.remove('pending')
      complain('')
    } catch (error) {
      // It may have been taken although the answer was lost.
      if ([...shown.values()].some((one) => one.item === item)) return
      item.classList.remove('pending')
      item.classList.add('failed')
      const again = make('button', 'again', 'Send again')
      again.type = 'button'
      again.addEventListener('click', () => send(item, post))
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
    const edited = editing
    endEdit()
    text.value = ''
    fit()
    if (edited) {
      chat.typing(false)
      doing(chat.edit(edited.id, content))
    } else say(content)
  })
  text.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && editing) {
      event.preventDefault()
      cancelEdit()
    }
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
  text.addEventListener('input', () => {
    fit()
    chat.typing(text.value.trim() !== '')
  })

  // ---- Changing what was said --------------------------------------------------------------------------------------

  let editing
  const editBar = element('editing')
  function beginEdit(message) {
    editing = message
    editBar.hidden = false
    text.value = message.payload.text
    fit()
    text.focus()
  }
  function endEdit() {
    editing = undefined
    editBar.hidden = true
  }
  function cancelEdit() {
    endEdit()
    text.value = ''
    fit()
    text.focus()
  }
  element('cancel').addEventListener('click', cancelEdit)

  // ---- Files -------------------------------------------------------------------------------------------------------

  const { uploadLimit, uploadTypes } = document.body.dataset
  const limit = Number(uploadLimit)
  const types = uploadTypes.split(' ').filter(Boolean)
  const [attach, picker] = ['attach', 'picker'].map(element)
  const takesFiles = limit > 0 && types.length > 0
  attach.hidden = !takesFiles
  picker.accept = types.join(',')
  const sizeOf = (bytes) => bytes >= 1048576 ? Math.round(bytes / 104857.6) / 10 + ' MB' : Math.max(1, Math.round(bytes / 1024)) + ' kB'

  function sendFiles(chosen) {
    for (const file of chosen) {
      const isTaken = types.some((type) => type === file.type || (type.endsWith('/*') && file.type.startsWith(type.slice(0, -1))))
      if (!isTaken) complain('“' + file.name + '” cannot be sent: files of its kind are not taken.')
      else if (file.size > limit) complain('“' + file.name + '” cannot be sent: it has ' + sizeOf(file.size) + ', of at most ' + sizeOf(limit) + '.')
      else if (file.size === 0) complain('“' + file.name + '” cannot be sent: it is empty.')
      else putFile(file)
    }
  }
  function putFile(file) {
    const url = URL.createObjectURL(file)
    const [kind] = file.type.split('/')
    const field = { image: 'imageUrl', audio: 'audioUrl', video: 'videoUrl' }[kind]
    const content = field
      ? { type: kind, payload: { [field]: url, title: file.name } }
      : { type: 'file', payload: { fileUrl: url, title: file.name } }
    put(content, (clientMessageId) => chat.sendFile(file, { name: file.name || 'file', clientMessageId }))
  }

  attach.addEventListener('click', () => picker.click())
  picker.addEventListener('change', () => { sendFiles([...picker.files]); picker.value = ''; text.focus() })
  text.addEventListener('paste', (event) => {
    const pasted = [...event.clipboardData.files]
    if (!takesFiles || pasted.length === 0) return
    event.preventDefault()
    sendFiles(pasted)
  })
  addEventListener('dragover', (event) => { if (event.dataTransfer.types.includes('Files')) event.preventDefault() })
  addEventListener('drop', (event) => {
    if (!event.dataTransfer.types.includes('Files')) return
    event.preventDefault()
    if (takesFiles) sendFiles([...event.dataTransfer.files])
  })
`
