import type { Cells } from './create-workbook.ts'

/** The 32 columns of an OEWS workbook. */
export const oewsHeader = [
  ...['AREA', 'AREA_TITLE', 'AREA_TYPE', 'PRIM_STATE', 'NAICS', 'NAICS_TITLE', 'I_GROUP', 'OWN_CODE', 'OCC_CODE'],
  ...['OCC_TITLE', 'O_GROUP', 'TOT_EMP', 'EMP_PRSE', 'JOBS_1000', 'LOC_QUOTIENT', 'PCT_TOTAL', 'PCT_RPT', 'H_MEAN'],
  ...['A_MEAN', 'MEAN_PRSE', 'H_PCT10', 'H_PCT25', 'H_MEDIAN', 'H_PCT75', 'H_PCT90', 'A_PCT10', 'A_PCT25', 'A_MEDIAN'],
  ...['A_PCT75', 'A_PCT90', 'ANNUAL', 'HOURLY'],
]

const defaultRow: { [column: string]: string | number | null } = {
  AREA: '99',
  AREA_TITLE: 'U.S.',
  AREA_TYPE: '1',
  PRIM_STATE: 'US',
  NAICS: '000000',
  NAICS_TITLE: 'Cross-industry',
  I_GROUP: 'cross-industry',
  OWN_CODE: '1235',
  OCC_CODE: '29-2072',
  OCC_TITLE: 'Medical Records Specialists',
  O_GROUP: 'detailed',
  TOT_EMP: 190_000,
  H_MEAN: 26.5,
  A_MEAN: 55_120,
  H_PCT10: 17.1,
  H_MEDIAN: 24.3,
  H_PCT90: 38.9,
  A_PCT10: 35_570,
  A_MEDIAN: 50_540,
  A_PCT90: 80_910,
}

/** A row of the nation and of 29-2072, unless told otherwise. The figures are made up. */
export function createOewsRow(
  overrides: { [column: string]: string | number | null } = {},
  header = oewsHeader,
): Cells {
  const row = { ...defaultRow, ...overrides }
  return header.map((column) => row[column.toUpperCase()] ?? null)
}

export const inTexas = { AREA: '48', AREA_TITLE: 'Texas', AREA_TYPE: '2', PRIM_STATE: 'TX' }
