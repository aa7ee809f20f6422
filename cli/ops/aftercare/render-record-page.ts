import { element, type MarkupNode } from '#web/parts/element.ts'
import { toHtmlDocument } from '#web/parts/to-html.ts'

const style = `
body { font: 14px/1.4 system-ui, sans-serif; margin: 2rem auto; max-width: 50rem; padding: 0 1rem; color: #111 }
dl { margin: 0 0 .5rem; display: grid; grid-template-columns: minmax(8rem, 12rem) 1fr; gap: .15rem 1rem }
dt { font-weight: 600 } dd { margin: 0; overflow-wrap: anywhere; white-space: pre-wrap }
section { border-top: 1px solid #999; margin-top: .75rem; padding-top: .5rem }
@media (max-width: 30rem) { dl { grid-template-columns: 1fr } }
@media print { body { margin: 0; max-width: none; font-size: 10pt } section { break-inside: avoid } }
`

/** A whole HTML page, for print, of a record as the API returned it. */
export function renderRecordPage(title: string, record: object): string {
  return toHtmlDocument({
    title,
    head: element('style', {}, style),
    body: element('main', {}, element('h1', {}, title), renderValue(record)),
  })
}

function renderValue(value: unknown): MarkupNode {
  if (Array.isArray(value)) {
    if (value.length === 0) return 'none'
    return value.every((one) => typeof one !== 'object')
      ? value.join(', ')
      : value.map((one) => element('section', {}, renderValue(one)))
  }
  if (typeof value !== 'object' || value === null) return String(value ?? 'none')
  return element(
    'dl',
    {},
    Object.entries(value).flatMap(([name, content]) => [
      element('dt', {}, toLabel(name)),
      element('dd', {}, renderValue(content)),
    ]),
  )
}

/** `grantedAt` becomes `Granted at`. */
function toLabel(name: string): string {
  const words = name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase()
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`
}
