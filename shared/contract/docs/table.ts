import { type Html, html } from './html.ts'

export type DocsTableRow = { cells: readonly [Html, Html, Html] } | { heading: Html }

/** A table whose first column names its rows. The roles stay where a phone's style sheet turns cells into blocks. */
export function table(heads: readonly [string, string, string], rows: readonly DocsTableRow[]): Html {
  return html`<table role="table">
<thead role="rowgroup"><tr role="row">${heads.map((head) => html`<th role="columnheader" scope="col">${head}</th>`)}</tr></thead>
<tbody role="rowgroup">
${rows.map(renderRow)}</tbody>
</table>`
}

function renderRow(row: DocsTableRow): Html {
  if ('heading' in row)
    return html`<tr role="row"><th role="rowheader" colspan="3" class="either">${row.heading}</th></tr>
`
  const [name, ...rest] = row.cells
  return html`<tr role="row"><th role="rowheader" scope="row">${name}</th>${rest.map((cell) => html`<td role="cell">${cell}</td>`)}</tr>
`
}
