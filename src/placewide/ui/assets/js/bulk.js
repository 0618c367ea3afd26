// Says how many are ticked, beside what will be done with them.
export function countTicked(bar) {
  const form = bar.closest('form')
  const place = bar.querySelector('[data-pw-bulk-count]')
  if (!form || !place) return
  const show = (event) => {
    const count = form.querySelectorAll('.pw-queue input[type=checkbox]:checked').length
    const words = count === 0 ? bar.dataset.none : count === 1 ? bar.dataset.one : bar.dataset.many
    place.textContent = words.replace('%{count}', count)
    bar.classList.toggle('pw-bulk--ready', count > 0)
    if (event && count > 0) bar.open = true
  }
  place.hidden = false
  form.addEventListener('change', show)
  show()
}
