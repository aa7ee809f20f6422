import type { Modality, ProgramLevel } from '#shared/domain/vocabulary.ts'
import type { StoredCareer } from '../careers/read-careers.ts'
import { findFaults, type RecordPlan, type StoredRecordBody } from '../records/parse-record-rows.ts'
import { toSlug } from '../to-slug.ts'
import type { ScorecardPlans } from './plan-schools.ts'
import type { FieldOffering } from './read-scorecard.ts'

const maxIdLength = 64
const maxCareers = 20
const maxNameLength = 200

const awards: { readonly [level in ProgramLevel]: string } = {
  certificate: 'certificate',
  diploma: 'diploma',
  associate: 'associate degree',
  bachelor: 'bachelor’s degree',
  master: 'master’s degree',
  doctorate: 'doctorate',
}

type Stored = ReadonlyMap<string, StoredRecordBody>
type Catalog = { careers: readonly StoredCareer[]; schools: Stored; programs: Stored }

/** The stored schools that have an IPEDS ID, by it. */
export function groupSchoolsByUnit(schools: Stored): Map<string, string> {
  return new Map([...schools].flatMap(([id, { body }]) => (body.ipedsId ? [[String(body.ipedsId), id]] : [])))
}

/** The careers to which a field of study leads, by its first four digits. */
export function groupCareersByField(careers: readonly StoredCareer[]): Map<string, string[]> {
  const pairs = careers.flatMap(({ id, career }) =>
    [...new Set((career.fieldsOfStudy ?? []).map(({ cip }) => cip.replace('.', '').slice(0, 4)))].map(
      (cip4) => [cip4, id] as const,
    ),
  )
  const groups = Map.groupBy(pairs, ([cip4]) => cip4)
  return new Map([...groups].map(([cip4, all]) => [cip4, all.map(([, id]) => id)]))
}

/**
 * A program for each field of study and level that a stored school awards and that leads to a stored career. It is listed
 * without being sponsored. Programs that are there already stay as they are.
 * @param modality the file does not tell it
 */
export function planPrograms(
  offerings: readonly FieldOffering[],
  { careers, schools, programs }: Catalog,
  modality: Modality,
): ScorecardPlans {
  const schoolIds = groupSchoolsByUnit(schools)
  const careersByField = groupCareersByField(careers)
  const existingKeys = new Set(
    [...programs.values()].map(({ body }) =>
      toKey(
        String(body.schoolId),
        String(body.cip ?? '')
          .replace('.', '')
          .slice(0, 4),
        String(body.level),
      ),
    ),
  )
  const notes: string[] = []
  const plans = offerings.flatMap((offering, index): RecordPlan[] => {
    const { cip4, level, title, unitId } = offering
    const schoolId = schoolIds.get(unitId ?? '')
    const careerSlugs = careersByField.get(cip4)
    if (schoolId === undefined || careerSlugs === undefined || existingKeys.has(toKey(schoolId, cip4, level))) return []
    existingKeys.add(toKey(schoolId, cip4, level))
    const ending = `-${cip4}-${level}`
    const id = `${schoolId.slice(0, maxIdLength - ending.length)}${ending}`
    if (programs.has(id)) return []
    const body = {
      schoolId,
      name: `${title}, ${awards[level]}`.slice(0, maxNameLength),
      careerSlugs: careerSlugs.slice(0, maxCareers),
      level,
      modality,
      sponsored: false,
    }
    const faults = findFaults('programs', id, body, index + 2)
    notes.push(...faults.map(({ column, detail }) => `${id}: left out, because ${column} ${detail}`))
    return faults.length > 0
      ? []
      : [{ row: index + 2, id, version: 0, body, before: undefined, changedColumns: Object.keys(body) }]
  })
  return { plans, notes }
}

function toKey(schoolId: string, cip4: string, level: string): string {
  return toSlug(`${schoolId} ${cip4} ${level}`, 200)
}
