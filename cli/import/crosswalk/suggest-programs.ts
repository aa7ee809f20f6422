import { missingCodeNote } from '../careers/fill-facts.ts'
import type { StoredCareer } from '../careers/read-careers.ts'
import type { Crosswalk, FieldOfStudy } from './read-crosswalk.ts'
import type { FieldOffering, Scorecard } from './read-scorecard.ts'

export type Suggestion = {
  careerSlug: string
  fields: readonly FieldOfStudy[]
  /** Institutions with a field that shares its first four digits; the Scorecard has no more. */
  programs: readonly FieldOffering[]
  notes: readonly string[]
}

/** The fields of study that lead to each career. */
export function suggestFields(careers: readonly StoredCareer[], crosswalk: Crosswalk): Suggestion[] {
  return careers.map(({ id, career }) => {
    const codes = [...new Set(career.soc)]
    const fields = new Map(
      codes.flatMap((soc) => crosswalk.get(soc) ?? []).map(({ cip, title }) => [cip, { cip, title }]),
    )
    return {
      careerSlug: id,
      fields: [...fields.values()].toSorted((a, b) => (a.cip < b.cip ? -1 : 1)),
      programs: [],
      notes: codes.filter((soc) => !crosswalk.has(soc)).map((soc) => missingCodeNote(soc, 'the crosswalk')),
    }
  })
}

/** Adds the institutions that offer each field, by name. */
export function suggestPrograms(suggestions: readonly Suggestion[], scorecard: Scorecard): Suggestion[] {
  return suggestions.map((suggestion) => {
    const offerings = [...new Set(suggestion.fields.map(toCip4))].flatMap((cip4) => scorecard.get(cip4) ?? [])
    return { ...suggestion, programs: offerings.toSorted((a, b) => a.institution.localeCompare(b.institution, 'en')) }
  })
}

/** The first four digits, as the College Scorecard has them: `5107` of `51.0707`. */
export function toCip4({ cip }: FieldOfStudy): string {
  return cip.replace('.', '').slice(0, 4)
}
