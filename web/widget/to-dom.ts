import type { Element as Described, Part } from '../parts/element.ts'

/** DOM of parts. Text stays text, whatever it holds: there is no way to markup from here. */
export function toDom({ tag, attributes, children }: Described): HTMLElement {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(name, '')
    else if (value !== undefined && value !== false) made.setAttribute(name, String(value))
  }
  made.append(...children.flatMap(nodesOf))
  return made
}

function nodesOf(part: Part): (Node | string)[] {
  if (part === undefined || part === false) return []
  if (typeof part === 'string') return [part]
  return 'tag' in part ? [toDom(part)] : part.flatMap(nodesOf)
}
