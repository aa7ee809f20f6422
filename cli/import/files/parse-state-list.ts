import { states as knownStates, type State } from '#shared/domain/vocabulary.ts'
import { BadFile } from './bad-file.ts'

/** The codes of `--states TX,CA`; undefined if it is not set. @throws BadFile for codes that are no states */
export function parseStateList(list: string | undefined): State[] | undefined {
  if (list === undefined) return undefined
  const codes = list.split(',').flatMap((code) => (code.trim() === '' ? [] : [code.trim().toUpperCase()]))
  const isState = (code: string): code is State => knownStates.some((state) => state === code)
  const unknown = codes.filter((code) => !isState(code))
  if (unknown.length > 0 || codes.length === 0)
    throw new BadFile(`--states must be a list of state codes such as TX,CA, not ${unknown.join(', ') || 'empty'}.`)
  return codes.filter(isState)
}
