import type { PageVisit } from '../../form/build-requests.ts'
import { readPageVisit } from '../../form/read-page-visit.ts'

/** What the page says about this visit: its address, where the visitor came from, and a signal of the browser. */
export function readVisit(): PageVisit {
  // A generated frame (`srcdoc`) has no address of its own, and the base of the page around it.
  const pageUrl = location.protocol.startsWith('http') ? location.href : document.baseURI
  return {
    ...readPageVisit(new URL(pageUrl), document.referrer),
    ...('globalPrivacyControl' in navigator &&
      navigator.globalPrivacyControl === true && { globalPrivacyControl: true }),
  }
}
