import { element, type MarkupElement, type MarkupNode } from '../parts/element.ts'

export type DocsTableRow = { cells: readonly [MarkupNode, MarkupNode, MarkupNode] } | { heading: MarkupNode }

/** A table whose first column holds row headers. The ARIA roles keep it a table when the phone layout uses blocks. */
export function renderDocsTable(
  columns: readonly [string, string, string],
  rows: readonly DocsTableRow[],
): MarkupElement {
  return element(
    'table',
    { role: 'table' },
    element(
      'thead',
      { role: 'rowgroup' },
      element(
        'tr',
        { role: 'row' },
        columns.map((column) => element('th', { role: 'columnheader', scope: 'col' }, column)),
      ),
    ),
    element('tbody', { role: 'rowgroup' }, rows.map(renderRow)),
  )
}

function renderRow(row: DocsTableRow): MarkupElement {
  if ('heading' in row)
    return element(
      'tr',
      { role: 'row' },
      element('th', { role: 'rowheader', colspan: 3, class: 'either' }, row.heading),
    )
  const [name, ...rest] = row.cells
  return element(
    'tr',
    { role: 'row' },
    element('th', { role: 'rowheader', scope: 'row' }, name),
    rest.map((cell) => element('td', { role: 'cell' }, cell)),
  )
}
