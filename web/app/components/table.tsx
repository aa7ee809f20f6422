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
  /** On a phone each row is a block with the heads as labels, and nothing scrolls sideways. */
  isStacked?: boolean
}

/** A table that scrolls sideways in a narrow window, also by keyboard. */
export function Table<Row>({ caption, columns, rows, getRowKey, emptyMessage, isStacked }: Props<Row>) {
  if (rows.length === 0) return <p class="empty">{emptyMessage}</p>
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling area must be reachable by keyboard.
    <section class="scroll" tabIndex={0} aria-label={caption}>
      <table class={isStacked ? 'table stacked' : 'table'}>
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
              {columns.map(({ head, cell, kind }) => (
                <td key={head} class={kind} data-head={head}>
                  {cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
