import type { ColumnTitles } from '../files/create-table-reader.ts'

const optional = (title: string) =>
  ({ like: new RegExp(`^${title.replace('_', '[_ ]?')}$`, 'i'), suchAs: title, isOptional: true }) as const

/** The columns used, of the 32 of an OEWS workbook. Some releases write them in lower case, and the first ones lack some. */
export const wageColumns = {
  AREA_TITLE: 'AREA_TITLE',
  AREA_TYPE: 'AREA_TYPE',
  PRIM_STATE: optional('PRIM_STATE'),
  NAICS: optional('NAICS'),
  I_GROUP: optional('I_GROUP'),
  OCC_CODE: 'OCC_CODE',
  OCC_TITLE: 'OCC_TITLE',
  O_GROUP: { like: /^(O_GROUP|OCC_GROUP|GROUP)$/i, suchAs: 'O_GROUP' },
  TOT_EMP: 'TOT_EMP',
  H_MEAN: 'H_MEAN',
  H_MEDIAN: 'H_MEDIAN',
  H_PCT10: 'H_PCT10',
  H_PCT90: 'H_PCT90',
  A_MEAN: 'A_MEAN',
  A_MEDIAN: 'A_MEDIAN',
  A_PCT10: 'A_PCT10',
  A_PCT90: 'A_PCT90',
} as const satisfies ColumnTitles<string>
export type WageColumn = keyof typeof wageColumns
