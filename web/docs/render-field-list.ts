import { element, type MarkupNode } from '../parts/element.ts'

/** What is named, and what there is to say about it: a type and a meaning, or a status and a title. */
export type FieldRow = { cells: readonly [MarkupNode, ...MarkupNode[]] } | { heading: MarkupNode }

/** Lists of named things. A heading begins a new list. */
export function renderFieldList(rows: readonly FieldRow[]): MarkupNode {
  const lists: { heading?: MarkupNode; entries: MarkupNode[] }[] = []
  for (const row of rows) {
    if ('heading' in row || lists.length === 0) lists.push({ entries: [] })
    const current = lists.at(-1)
    if (current && 'heading' in row) current.heading = row.heading
    else if ('cells' in row) current?.entries.push(renderEntry(row.cells))
  }
  return lists.map(({ heading, entries }) => [
    heading !== undefined && element('p', { class: 'either' }, heading),
    entries.length > 0 && element('dl', { class: 'fields' }, entries),
  ])
}

function renderEntry([name, ...meanings]: readonly [MarkupNode, ...MarkupNode[]]): MarkupNode {
  return element(
    'div',
    {},
    element('dt', {}, name),
    meanings.map((meaning) => element('dd', {}, meaning)),
  )
}
