/** A cell, as text without spaces around it; never empty. */
type ParseCell = (text: string) => unknown
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
export const toList: ParseCell = (text) =>
  text
    .split(';')
    .map((part) => part.trim())
    .filter(Boolean)
export const toBoolean: ParseCell = (text) =>
  /^(yes|true|1)$/i.test(text) ? true : /^(no|false|0)$/i.test(text) ? false : text
export const toAccreditation: ParseCell = (text) =>
  text
    .split(';')
    .map((name) => ({ name: name.trim() }))
    .filter(({ name }) => name)
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
