import { toOneLine } from '#shared/format/to-one-line.ts'
import { BadFile } from './bad-file.ts'

export type Cell = unknown
/** One row: what stands in the column that we call so. */
export type TableRow<Name extends string> = (name: Name) => Cell
/** How a column is called in the file: its name, however it is spelled, or what it looks like where it holds a year. */
export type ColumnTitle = string | { like: RegExp; suchAs: string }
export type ColumnTitles<Name extends string> = { readonly [name in Name]: ColumnTitle }

/**
 * Finds columns by their names, never by their places, and reads rows by what it has found.
 * @param location file and sheet, for the complaint
 */
export function createTableReader<Name extends string>(
  header: readonly Cell[],
  columns: ColumnTitles<Name>,
  location: string,
) {
  const titles = header.map(parseTitle)
  const names = listColumnNames(columns)
  const indexes = new Map(names.map((name) => [name, findColumnIndex(titles, columns[name])]))
  const missing = names.filter((name) => indexes.get(name) === -1).map((name) => formatTitle(columns[name]))
  if (missing.length > 0)
    throw new BadFile(
      `${location} has no column ${missing.join(', ')}. It has: ${titles.filter(Boolean).join(', ') || 'none'}. ` +
        'Is it the file that docs/importing.md names, as it was downloaded?',
    )
  return {
    row:
      (cells: readonly Cell[]): TableRow<Name> =>
      (name) =>
        cells[indexes.get(name) ?? -1] ?? null,
    /** The whole title of a column, without marks of footnotes. */
    title: (name: Name): string => titles[indexes.get(name) ?? -1] ?? '',
  }
}

/** As text; nothing where the cell is empty. Codes are text, and may not lose a zero. */
export function toText(cell: Cell): string {
  return cell === null || cell === undefined ? '' : String(cell).trim()
}

/** Nothing where the cell holds no number: `*`, `**`, `~`, a dash, words. */
export function toNumber(cell: Cell): number | undefined {
  if (typeof cell === 'number') return Number.isFinite(cell) ? cell : undefined
  const text = toText(cell).replaceAll(',', '').replace(/^−/, '-')
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined
}

function findColumnIndex(titles: readonly string[], column: ColumnTitle): number {
  if (typeof column !== 'string') return titles.findIndex((title) => column.like.test(title))
  return titles.findIndex((title) => normalizeTitle(title) === normalizeTitle(column))
}

// Dashes of every length are one, and a mark such as [1] leads to a footnote.
function parseTitle(cell: Cell): string {
  return toOneLine(
    toText(cell)
      .replace(/[\u2010-\u2015\u2212]/g, '-')
      .replace(/\[\w+\]/g, ''),
  )
}

function normalizeTitle(title: string): string {
  return title.toLowerCase().replace(/[^a-z0-9]/g, '')
}

function formatTitle(column: ColumnTitle): string {
  return typeof column === 'string' ? `"${column}"` : `such as "${column.suchAs}"`
}

function listColumnNames<Name extends string>(columns: ColumnTitles<Name>): Name[] {
  const isName = (name: string): name is Name => Object.hasOwn(columns, name)
  return Object.keys(columns).filter(isName)
}
