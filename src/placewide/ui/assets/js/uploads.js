// Lists what was chosen, before it is sent.
export function nameUploads(input) {
  const list = document.createElement('ul')
  list.className = 'pw-upload__chosen'
  list.setAttribute('aria-live', 'polite')
  input.after(list)
  input.addEventListener('change', () => {
    list.replaceChildren(
      ...Array.from(input.files, (file) => {
        const item = document.createElement('li')
        item.textContent = file.name
        return item
      }),
    )
  })
}
