import type { Cells } from './create-workbook.ts'

export const projectionsTitle: Cells = ['Table 1.2 Occupational projections, 2024–34 (Numbers in thousands)']
export const projectionsHeader = [
  '2024 National Employment Matrix title',
  '2024 National Employment Matrix code',
  'Occupation type',
  'Employment, 2024',
  'Employment, 2034',
  'Employment distribution, percent, 2024',
  'Employment distribution, percent, 2034',
  'Employment change, numeric, 2024–34',
  'Employment change, percent, 2024–34',
  'Percent self employed, 2024',
  'Occupational openings, 2024–34 annual average',
  'Median annual wage, dollars, 2024[1]',
]

const defaultRow: { [title: string]: string | number } = {
  '2024 National Employment Matrix title': 'Medical records specialists',
  '2024 National Employment Matrix code': '29-2072',
  'Occupation type': 'Line item',
  'Employment, 2024': 194.3,
  'Employment, 2034': 208.1,
  'Employment distribution, percent, 2024': 0.1,
  'Employment distribution, percent, 2034': 0.1,
  'Employment change, numeric, 2024–34': 13.8,
  'Employment change, percent, 2024–34': 7.1,
  'Percent self employed, 2024': 2.2,
  'Occupational openings, 2024–34 annual average': 14.2,
  'Median annual wage, dollars, 2024[1]': '>=239,200',
}

/** A row of 29-2072, unless told otherwise, under the titles of the release of 2024. The figures are made up. */
export function createProjectionRow(
  overrides: { [title: string]: string | number } = {},
  header: Cells = projectionsHeader,
): Cells {
  const row = { ...defaultRow, ...overrides }
  return header.map((title) => row[String(title)] ?? null)
}
