import { toOneLine } from '#shared/format/to-one-line.ts'
import { BadFile } from './bad-file.ts'

export type Cell = unknown
/** One row: returns the cell of the column with this name. */
export type TableRow<Name extends string> = (name: Name) => Cell
/** The title of a column in the file, in any spelling; or a pattern, if the title contains a year or differs between releases. */
export type ColumnTitle = string | { like: RegExp; suchAs: string; isOptional?: true }
export type ColumnTitles<Name extends string> = { readonly [name in Name]: ColumnTitle }

/**
 * Finds columns by title, never by position, and reads rows.
 * @param location file and sheet, for error messages
 * @throws BadFile if a column is missing
 */
export function createTableReader<Name extends string>(
  header: readonly Cell[],
  columns: ColumnTitles<Name>,
  location: string,
) {
  const titles = header.map(parseTitle)
  const names = listColumnNames(columns)
  const indexes = new Map(names.map((name) => [name, findColumnIndex(titles, columns[name])]))
  const missing = names
    .filter((name) => indexes.get(name) === -1 && !isOptional(columns[name]))
    .map((name) => formatTitle(columns[name]))
  if (missing.length > 0)
    throw new BadFile(
      `${location} has no column ${missing.join(', ')}. It has: ${titles.filter(Boolean).join(', ') || 'none'}. ` +
        'Check that it is the file from docs/importing.md, as downloaded.',
    )
  return {
    row:
      (cells: readonly Cell[]): TableRow<Name> =>
      (name) =>
        cells[indexes.get(name) ?? -1] ?? null,
    /** Whether the file has an optional column. */
    has: (name: Name): boolean => indexes.get(name) !== -1,
    /** The full title of a column, without footnote marks. */
    title: (name: Name): string => titles[indexes.get(name) ?? -1] ?? '',
  }
}

/** Returns the cell as text, empty if the cell is empty. Codes must be text, so that they keep leading zeros. */
export function toText(cell: Cell): string {
  return cell === null || cell === undefined ? '' : String(cell).trim()
}

/** Returns undefined if the cell is not a number: `*`, `**`, `~`, a dash, words. */
export function toNumber(cell: Cell): number | undefined {
  if (typeof cell === 'number') return Number.isFinite(cell) ? cell : undefined
  const text = toText(cell).replaceAll(',', '').replace(/^−/, '-')
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined
}

function findColumnIndex(titles: readonly string[], column: ColumnTitle): number {
  if (typeof column !== 'string') return titles.findIndex((title) => column.like.test(title))
  return titles.findIndex((title) => normalizeTitle(title) === normalizeTitle(column))
}

// All dashes count as the same, and a mark such as [1] is a footnote.
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

function isOptional(column: ColumnTitle): boolean {
  return typeof column !== 'string' && column.isOptional === true
}

function formatTitle(column: ColumnTitle): string {
  return typeof column === 'string' ? `"${column}"` : `such as "${column.suchAs}"`
}

function listColumnNames<Name extends string>(columns: ColumnTitles<Name>): Name[] {
  const isName = (name: string): name is Name => Object.hasOwn(columns, name)
  return Object.keys(columns).filter(isName)
}
