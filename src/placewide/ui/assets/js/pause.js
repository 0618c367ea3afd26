// Before a staff sign-in ends for want of use, ask. What is being written is kept by the server in any case.
const MINUTE = 60_000
const dialog = document.querySelector('dialog[data-pw-pause]')

if (dialog && dialog.showModal) {
  const minutes = Number(dialog.dataset.pwPause)
  const warnAt = Math.max(1, minutes - 5)
  let warn

  const begin = () => {
    clearTimeout(warn)
    warn = setTimeout(() => dialog.showModal(), warnAt * MINUTE)
  }

  const stay = async () => {
    const form = dialog.querySelector('form')
    const answer = await fetch(form.action, { method: 'POST', body: new FormData(form), headers: { Accept: 'application/json' } })
    if (answer.ok && !answer.redirected) {
      dialog.close()
      begin()
    } else {
      dialog.querySelector('[data-pw-pause-over]').hidden = false
    }
  }

  dialog.querySelector('form').addEventListener('submit', (event) => {
    event.preventDefault()
    stay().catch(() => { dialog.querySelector('[data-pw-pause-over]').hidden = false })
  })
  begin()
}
