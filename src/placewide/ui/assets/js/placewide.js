// Everything works without this: it only makes pages smoother where scripts run.
import { initAll } from './govuk-frontend.js'
import { followAnchors } from './anchors.js'
import { countTicked } from './bulk.js'
import { openFold } from './folds.js'
import { nameUploads } from './uploads.js'

document.body.classList.add('js-enabled')
if ('noModule' in HTMLScriptElement.prototype) document.body.classList.add('govuk-frontend-supported')

initAll()
document.querySelectorAll('[data-pw-anchors]').forEach(followAnchors)
document.querySelectorAll('[data-pw-bulk]').forEach(countTicked)
document.querySelectorAll('[data-pw-upload]').forEach(nameUploads)
document.querySelectorAll('[data-pw-fold]').forEach(openFold)
