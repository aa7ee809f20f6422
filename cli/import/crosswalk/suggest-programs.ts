import type { StoredCareer } from '../careers/read-careers.ts'
import type { FieldOffering, Scorecard } from '../scorecard/read-scorecard.ts'
import { findFields } from './fill-fields.ts'
import type { Crosswalk, FieldOfStudy } from './read-crosswalk.ts'

export type Suggestion = {
  careerSlug: string
  fields: readonly FieldOfStudy[]
  /** Institutions with a field that shares its first four digits; the Scorecard has no more. */
  programs: readonly FieldOffering[]
  notes: readonly string[]
}

/** The fields of study that lead to each career. */
export function suggestFields(careers: readonly StoredCareer[], crosswalk: Crosswalk): Suggestion[] {
  return careers.map(({ id, career }) => ({ careerSlug: id, programs: [], ...findFields(career, crosswalk) }))
}

/** Adds the institutions that offer each field, by name; one at a time, because all of them together would not fit into memory. */
export function* suggestPrograms(suggestions: readonly Suggestion[], scorecard: Scorecard): Generator<Suggestion> {
  for (const suggestion of suggestions) {
    const offerings = [...new Set(suggestion.fields.map(toCip4))].flatMap((cip4) => scorecard.get(cip4) ?? [])
    yield { ...suggestion, programs: offerings.toSorted((a, b) => a.institution.localeCompare(b.institution, 'en')) }
  }
}

/** The first four digits, as the College Scorecard has them: `5107` of `51.0707`. */
export function toCip4({ cip }: Pick<FieldOfStudy, 'cip'>): string {
  return cip.replace('.', '').slice(0, 4)
}
