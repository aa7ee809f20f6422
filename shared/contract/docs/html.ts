/** Markup that may stand in a page as it is. */
export type Html = { html: string }
type Part = Html | string | number | false | undefined | readonly Part[]

/** Markup with whatever is put into it escaped, unless that is markup itself. */
export function html(texts: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return { html: texts.map((text, index) => text + renderPart(parts[index])).join('') }
}

/** Text in which `code` between backticks becomes code. */
export function prose(text: string): Html {
  return html`${text.split('`').map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part))}`
}

function renderPart(part: Part): string {
  if (part === undefined || part === false) return ''
  if (typeof part === 'string') return part.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`)
  if (typeof part === 'number') return String(part)
  return 'html' in part ? part.html : part.map(renderPart).join('')
}
