import { clientScript } from '../client/script.ts'
import { contentsScript } from './contents-script.ts'
import { itemsScript } from './items-script.ts'
import { markdownScript } from './markdown-script.ts'
import { panelScript } from './panel-script.ts'
import { siteScript } from './site-script.ts'
import { writingScript } from './writing-script.ts'

const startScript = String.raw`
  // ---- What comes --------------------------------------------------------------------------------------------------

  function tell(name, words) {
    state.className = 'state ' + name
    if (state.textContent !== words) state.textContent = words
  }
  const tellers = {
    connecting: () => tell('', 'Connecting …'),
    connected: () => { tell('connected', 'Connected'); complain('') },
    offline: () => tell('offline', navigator.onLine === false ? 'Offline' : 'Not connected, trying again …'),
  }

  let problems = 0
  chat.on('state', (name) => {
    if (name === 'connected') { problems = 0; dropDrafts() }
    tellers[name]()
  })
  chat.on('problem', ({ message }) => { problems += 1; if (problems > 1) complain(message) })
  chat.on('opened', (history) => {
    log.setAttribute('aria-live', 'off')
    clearItems()
    history.messages.forEach(show)
    earlier.hidden = !history.hasEarlier
    remember(history.conversationId)
    noteReading()
    toEnd()
    void refreshPanel()
    log.setAttribute('aria-live', 'polite')
  })
  chat.on('message', (message) => {
    show(message)
    noteReading(message)
    // The first message begins a conversation.
    if (panelButton.hidden) { remember(chat.conversationId); void refreshPanel() }
  })
  chat.on('draft', showDraft)
  chat.on('discard', dropDraft)
  chat.on('change', showChange)
  chat.on('typing', showTyping)
  chat.on('conversation', () => { noteElsewhere(); void refreshPanel() })

  addEventListener('online', () => chat.retry())
  document.addEventListener('visibilitychange', () => { if (!document.hidden) { chat.retry(); noteReading() } })
  if (matchMedia('(pointer: fine)').matches && !isFramed) text.focus()
`

/**
 * The script of the page, as browsers run it: no build step comes between. It stands in the page itself, which its content
 * security policy allows by the hash of this text.
 */
export const pageScript = String.raw`
(() => {
  'use strict'
${clientScript}
  const element = (id) => document.getElementById(id)
  const [log, list, state, notice, noticeText, composer, text, earlier, typing] =
    ['log', 'list', 'state', 'notice', 'notice-text', 'composer', 'text', 'earlier', 'typing'].map(element)
  const botName = document.title
${siteScript}${contentsScript}${markdownScript}${itemsScript}${writingScript}${panelScript}${startScript}})()
`
