/** Part of the script of the page: the connection, and the site that the page is part of, if it is framed. */
export const siteScript = String.raw`
  // ---- The site around the page ------------------------------------------------------------------------------------

  // Only sites that are allowed can frame the page: its content security policy sees to that.
  const isFramed = parent !== window
  const toSite = (message) => { if (isFramed) parent.postMessage(message, '*') }
  /** Whether somebody sees the page. */
  let isShown = !isFramed
  let answerSite
  /** Asks the site who its visitor is. A site that does not know says nothing. */
  function askSite() {
    return new Promise((resolve) => {
      answerSite = resolve
      setTimeout(resolve, 2000)
      toSite({ webchat: 'identity' })
    })
  }
  addEventListener('message', ({ source, data }) => {
    if (!isFramed || source !== parent || typeof data !== 'object' || data === null) return
    if (data.webchat === 'identity') answerSite?.(typeof data.token === 'string' ? data.token : undefined)
    else if (data.webchat === 'signOut') void forget()
    else if (data.webchat === 'shown') {
      isShown = data.shown === true
      if (!isShown) return
      noteReading()
      followDown()
      text.focus()
    }
  })
  const leaveButton = element('leave')
  leaveButton.hidden = !isFramed
  leaveButton.addEventListener('click', () => toSite({ webchat: 'close' }))
  addEventListener('keydown', ({ key, defaultPrevented }) => {
    if (key === 'Escape' && !defaultPrevented && !panel.open) toSite({ webchat: 'close' })
  })

  // ---- The chat ----------------------------------------------------------------------------------------------------

  // A browser may refuse to keep anything; then another conversation is opened after a reload, and that is all.
  const openKey = 'plugboard-webchat open ' + location.pathname
  function remember(id) {
    try { id ? sessionStorage.setItem(openKey, id) : sessionStorage.removeItem(openKey) } catch {}
  }
  function remembered() {
    try { return sessionStorage.getItem(openKey) ?? undefined } catch { return undefined }
  }

  const chat = connect({
    url: location.origin + location.pathname,
    conversationId: remembered(),
    ...(isFramed && { identity: askSite }),
  })
  toSite({ webchat: 'ready' })
`
