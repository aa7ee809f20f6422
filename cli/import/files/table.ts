import { oneLine } from '#shared/format/one-line.ts'
import { BadFile } from './bad-file.ts'

export type Cell = unknown
/** One row: what stands in the column that we call so. */
export type Row<Name extends string> = (name: Name) => Cell
/** How a column is called in the file: its name, however it is spelled, or what it looks like where it holds a year. */
export type Title = string | { like: RegExp; suchAs: string }
export type Wanted<Name extends string> = { readonly [name in Name]: Title }

/**
 * Finds columns by their names, never by their places, and reads rows by what it has found.
 * @param where file and sheet, for the complaint
 */
export function tableReader<Name extends string>(header: readonly Cell[], wanted: Wanted<Name>, where: string) {
  const titles = header.map(titleOf)
  const names = namesOf(wanted)
  const places = new Map(names.map((name) => [name, placeOf(titles, wanted[name])]))
  const missing = names.filter((name) => places.get(name) === -1).map((name) => spelled(wanted[name]))
  if (missing.length > 0)
    throw new BadFile(
      `${where} has no column ${missing.join(', ')}. It has: ${titles.filter(Boolean).join(', ') || 'none'}. ` +
        'Is it the file that docs/importing.md names, as it was downloaded?',
    )
  return {
    row:
      (cells: readonly Cell[]): Row<Name> =>
      (name) =>
        cells[places.get(name) ?? -1] ?? null,
    /** The whole title of a column, without marks of footnotes. */
    title: (name: Name): string => titles[places.get(name) ?? -1] ?? '',
  }
}

/** As text; nothing where the cell is empty. Codes are text, and may not lose a zero. */
export function textOf(cell: Cell): string {
  return cell === null || cell === undefined ? '' : String(cell).trim()
}

/** Nothing where the cell holds no number: `*`, `**`, `~`, a dash, words. */
export function numberOf(cell: Cell): number | undefined {
  if (typeof cell === 'number') return Number.isFinite(cell) ? cell : undefined
  const text = textOf(cell).replaceAll(',', '').replace(/^−/, '-')
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined
}

function placeOf(titles: readonly string[], wanted: Title): number {
  if (typeof wanted !== 'string') return titles.findIndex((title) => wanted.like.test(title))
  return titles.findIndex((title) => plain(title) === plain(wanted))
}

// Dashes of every length are one, and a mark such as [1] leads to a footnote.
function titleOf(cell: Cell): string {
  return oneLine(
    textOf(cell)
      .replace(/[\u2010-\u2015\u2212]/g, '-')
      .replace(/\[\w+\]/g, ''),
  )
}

function plain(title: string): string {
  return title.toLowerCase().replace(/[^a-z0-9]/g, '')
}

function spelled(wanted: Title): string {
  return typeof wanted === 'string' ? `"${wanted}"` : `such as "${wanted.suchAs}"`
}

function namesOf<Name extends string>(wanted: Wanted<Name>): Name[] {
  const isName = (name: string): name is Name => Object.hasOwn(wanted, name)
  return Object.keys(wanted).filter(isName)
}
