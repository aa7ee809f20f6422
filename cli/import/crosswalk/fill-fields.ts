import type { Career } from '#shared/domain/catalog/career.ts'
import type { FilledCareer } from '../careers/plan-careers.ts'
import { listDetailedCodes } from '../codes/combined-codes.ts'
import { describeMissingCode } from '../codes/describe-missing-code.ts'
import type { Crosswalk, FieldOfStudy } from './read-crosswalk.ts'

const maxFields = 400

/** Replaces the fields of study that lead to a career. NO MATCH is said as it is. */
export function fillFields(career: Career, crosswalk: Crosswalk): FilledCareer {
  const { fields, notes } = findFields(career, crosswalk)
  const { fieldsOfStudy: _, ...rest } = career
  const tooMany =
    fields.length > maxFields ? [`${fields.length} fields of study lead to it: the first ${maxFields} are kept.`] : []
  return {
    career: fields.length === 0 ? rest : { ...rest, fieldsOfStudy: fields.slice(0, maxFields) },
    notes: [...notes, ...tooMany],
  }
}

/** The fields of study of each SOC code of a career, each once, by code. */
export function findFields(
  career: Pick<Career, 'soc'>,
  crosswalk: Crosswalk,
): { fields: FieldOfStudy[]; notes: string[] } {
  const codes = [...new Set(career.soc)]
  const fields = new Map(
    codes
      .flatMap(listKnownCodes)
      .flatMap((soc) => crosswalk.get(soc) ?? [])
      .map((field) => [field.cip, field]),
  )
  const notes = codes.flatMap((soc) => {
    const knownCodes = listKnownCodes(soc)
    if (knownCodes.length === 0) return [describeMissingCode(soc, 'the crosswalk')]
    return knownCodes.every((code) => crosswalk.get(code)?.length === 0)
      ? [`${soc} has NO MATCH in the crosswalk: no field of study leads to it directly.`]
      : []
  })
  return { fields: [...fields.values()].toSorted((a, b) => (a.cip < b.cip ? -1 : 1)), notes }

  /** A code that combines others leads to what leads to its parts. */
  function listKnownCodes(soc: string): readonly string[] {
    return crosswalk.has(soc) ? [soc] : listDetailedCodes(soc).filter((code) => crosswalk.has(code))
  }
}
