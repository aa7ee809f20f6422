import { element, type MarkupNode } from '../parts/element.ts'

/** Text whose parts between backticks are shown as code. */
export function renderProse(text: string): MarkupNode {
  return text.split('`').map((part, index) => (index % 2 === 1 ? element('code', {}, part) : part))
}
