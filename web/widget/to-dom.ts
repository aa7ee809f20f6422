import type { MarkupElement, MarkupNode } from '../parts/element.ts'

/** DOM of an element tree. Text becomes text nodes, so it can never become markup. */
export function toDom({ tag, attributes, children }: MarkupElement): HTMLElement {
  const node = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) node.setAttribute(name, '')
    else if (value !== undefined && value !== false) node.setAttribute(name, String(value))
  }
  node.append(...children.flatMap(toNodes))
  return node
}

function toNodes(part: MarkupNode): (Node | string)[] {
  if (part === undefined || part === false) return []
  if (typeof part === 'string') return [part]
  return 'tag' in part ? [toDom(part)] : part.flatMap(toNodes)
}
