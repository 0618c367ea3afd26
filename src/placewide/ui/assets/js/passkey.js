// Passkeys (WebAuthn): a form with data-pw-passkey asks the browser before it is sent. Without scripts a code does it.
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0))
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')

function forBrowser(options) {
  const ready = { ...options, challenge: bytes(options.challenge) }
  if (options.user) ready.user = { ...options.user, id: bytes(options.user.id) }
  for (const list of ['allowCredentials', 'excludeCredentials']) {
    if (options[list]) ready[list] = options[list].map((known) => ({ ...known, id: bytes(known.id) }))
  }
  return ready
}

function forServer(credential) {
  const answer = credential.response
  const response = { clientDataJSON: text(answer.clientDataJSON) }
  for (const part of ['attestationObject', 'authenticatorData', 'signature', 'userHandle']) {
    if (answer[part]) response[part] = text(answer[part])
  }
  return JSON.stringify({
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response
  })
}

function ask(form) {
  const options = JSON.parse(form.dataset.pwOptions)
  const publicKey = forBrowser(options.publicKey)
  const call = form.dataset.pwPasskey === 'make' ? 'create' : 'get'
  return navigator.credentials[call]({ publicKey })
}

for (const form of document.querySelectorAll('[data-pw-passkey]')) {
  const fault = form.querySelector('[data-pw-passkey-fault]')
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    fault.hidden = true
    try {
      form.elements.credential.value = forServer(await ask(form))
      form.submit()
    } catch {
      fault.hidden = false
      form.querySelector('button').focus()
    }
  })
}
