/** A cell, as text without spaces around it; never empty. `current`: what the field has now. */
type ParseCell = (text: string, current?: unknown) => unknown
/**
 * A column of a CSV file: the field that it fills, as a JSON pointer, and how its text is read. What it cannot be read as is
 * left as text, which the field then refuses.
 */
export type CsvColumn = {
  name: string
  /** Empty for the ID of the row. */
  pointer: string
  help: string
  example: string
  parse?: ParseCell
  isRequired?: true
}
export const toNumber: ParseCell = (text) =>
  /^-?\d+(\.\d+)?$/.test(text.replaceAll(',', '')) ? Number(text.replaceAll(',', '')) : text
export const toCents: ParseCell = (text) => {
  const [, dollars] = /^\$?(\d+(?:\.\d{1,2})?)$/.exec(text.replaceAll(',', '')) ?? []
  return dollars === undefined ? text : Math.round(Number(dollars) * 100)
}
const toListOf = (text: string): string[] =>
  text
    .split(';')
    .map((part) => part.trim())
    .filter(Boolean)
export const toList: ParseCell = (text) => toListOf(text)
export const toBoolean: ParseCell = (text) =>
  /^(yes|true|1)$/i.test(text) ? true : /^(no|false|0)$/i.test(text) ? false : text
/** An accreditor that is already there keeps its address and date, which have no column. */
export const toAccreditation: ParseCell = (text, current) => {
  const accreditors: { name?: unknown }[] = Array.isArray(current) ? current : []
  return toListOf(text).map((name) => accreditors.find((one) => one.name === name) ?? { name })
}
export const markupHelp = 'Text; lines that begin with “- ” are a list.'
export const toUpperList: ParseCell = (text) => text.split(/[;\s]+/).filter(Boolean)

export const id = (help: string, example: string): CsvColumn => ({
  name: 'id',
  pointer: '',
  help,
  example,
  isRequired: true,
})
export const place: CsvColumn[] = [
  { name: 'city', pointer: '/place/city', help: 'Where it is. Only together with state.', example: 'Austin' },
  { name: 'state', pointer: '/place/state', help: 'Code or name of the state.', example: 'TX' },
]
