// Marks which section of a long page is being read.
export function followAnchors(nav) {
  const links = new Map()
  for (const link of nav.querySelectorAll('a[href^="#"]')) {
    const section = document.getElementById(link.hash.slice(1))
    if (section) links.set(section, link)
  }
  const mark = (section) => {
    for (const [other, link] of links) {
      if (other === section) link.setAttribute('aria-current', 'true')
      else link.removeAttribute('aria-current')
    }
  }
  const observer = new IntersectionObserver(
    (entries) => {
      const seen = entries.filter((entry) => entry.isIntersecting)
      if (seen.length) mark(seen[0].target)
    },
    { rootMargin: '-15% 0px -70% 0px' },
  )
  for (const section of links.keys()) observer.observe(section)
}
