// Where there is room, what is folded away on a phone stands open.
export function openFold(fold) {
  const wide = window.matchMedia('(min-width: 62rem)')
  const follow = () => {
    if (wide.matches) fold.open = true
  }
  wide.addEventListener('change', follow)
  follow()
}
