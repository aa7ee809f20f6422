import { type Html, html } from '#shared/contract/docs/html.ts'
import type { MarkupNode } from '../parts/element.ts'

/** Markup of parts, with everything that is text escaped. Tags and attribute names come from code alone. */
export function toHtml(part: MarkupNode): Html {
  if (part === undefined || part === false) return { html: '' }
  if (typeof part === 'string') return html`${part}`
  if (!('tag' in part)) return html`${part.map(toHtml)}`
  const { tag, attributes, children } = part
  const openTag = html`<${{ html: tag }}${Object.entries(attributes).map(([name, value]) => renderAttribute(name, value))}>`
  return voidElements.has(tag) ? openTag : html`${openTag}${children.map(toHtml)}</${{ html: tag }}>`
}

function renderAttribute(name: string, value: string | number | boolean | undefined): Html | undefined {
  // Parts of a shadow tree: here there is none.
  if (value === undefined || value === false || name === 'part') return undefined
  return value === true ? html` ${{ html: name }}` : html` ${{ html: name }}="${String(value)}"`
}

const voidElements = new Set(['input', 'br'])
