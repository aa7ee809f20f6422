import type { ComponentChildren } from 'preact'

export type Column<Row> = {
  head: string
  cell: (row: Row) => ComponentChildren
  /** `title`: what a row is about, which needs no label where rows are stacked. */
  kind?: 'number' | 'title'
}
type Props<Row> = {
  caption: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  getRowKey: (row: Row) => string
  /** Shown if there are no rows: what that means and what to do. */
  emptyMessage: ComponentChildren
  /** Few narrow columns that stay a table on a phone. */
  isNarrow?: boolean
}

/**
 * A table. In a narrow window each row is a block with the heads as labels, so that nothing is cut off. The first column
 * is the title of a block unless another one is; a table of few narrow columns scrolls sideways instead, also by keyboard.
 */
export function Table<Row>({ caption, columns, rows, getRowKey, emptyMessage, isNarrow }: Props<Row>) {
  if (rows.length === 0) return <p class="empty">{emptyMessage}</p>
  const hasTitle = columns.some(({ kind }) => kind === 'title')
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling area must be reachable by keyboard.
    <section class="scroll" tabIndex={0} aria-label={caption}>
      <table class={isNarrow ? 'table' : 'table stacked'}>
        <caption class="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ head, kind }) => (
              <th key={head} scope="col" class={kind}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={getRowKey(row)}>
              {columns.map(({ head, cell, kind }, index) => (
                <td key={head} class={index === 0 && !hasTitle ? 'title' : kind} data-head={head}>
                  <div class="cell">{cell(row)}</div>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
