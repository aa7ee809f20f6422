import type { MarkupElement, MarkupNode } from './element.ts'

/**
 * HTML text of an element tree. Text and attribute values are escaped; tags and attribute names come from code alone.
 * @throws if the text of a style or script element could end that element.
 */
export function toHtml(node: MarkupNode): string {
  if (node === undefined || node === false) return ''
  if (typeof node === 'string') return escapeHtml(node)
  if (!('tag' in node)) return node.map(toHtml).join('')
  const { tag, attributes, children } = node
  const openTag = `<${tag}${Object.entries(attributes).map(renderAttribute).join('')}>`
  if (voidElements.has(tag)) return openTag
  return `${openTag}${rawTextElements.has(tag) ? renderRawText(children) : children.map(toHtml).join('')}</${tag}>`
}

/** A whole HTML document in US English: `head` follows charset, viewport and title. */
export function toHtmlDocument({ title, head, body }: { title: string; head: MarkupNode; body: MarkupNode }): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escapeHtml(title)}</title>
${toHtml(head)}
</head>
<body>
${toHtml(body)}
</body>
</html>
`
}

function renderAttribute([name, value]: [string, MarkupElement['attributes'][string]]): string {
  // `part` names a part of a shadow tree, which a server page does not have.
  if (value === undefined || value === false || name === 'part') return ''
  return value === true ? ` ${name}` : ` ${name}="${escapeHtml(String(value))}"`
}

function renderRawText(children: readonly MarkupNode[]): string {
  const text = children.filter((child) => typeof child === 'string').join('')
  if (text.includes('</') || text.includes('<!--')) throw new Error('This text could end its style or script element.')
  return text
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`)
}

const voidElements = new Set(['input', 'img', 'br', 'link', 'meta'])
const rawTextElements = new Set(['style', 'script'])
