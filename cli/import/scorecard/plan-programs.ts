import type { Modality, ProgramLevel } from '#shared/domain/vocabulary.ts'
import type { StoredCareer } from '../careers/read-careers.ts'
import { toCip4 } from '../crosswalk/suggest-programs.ts'
import { findFaults, type RecordPlan, type StoredRecordBody } from '../records/parse-record-rows.ts'
import { groupSchoolsByUnit } from './group-schools-by-unit.ts'
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

/** The careers to which a field of study leads, by its first four digits. */
export function groupCareersByField(careers: readonly StoredCareer[]): Map<string, string[]> {
  const pairs = careers.flatMap(({ id, career }) =>
    [...new Set((career.fieldsOfStudy ?? []).map(toCip4))].map((cip4) => [cip4, id] as const),
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
      toKey(String(body.schoolId), toCip4({ cip: String(body.cip ?? '') }), String(body.level)),
    ),
  )
  const newIds = new Set<string>()
  const notes: string[] = []
  const plans = offerings.flatMap((offering): RecordPlan[] => {
    const { row, cip4, level, title, unitId } = offering
    const schoolId = schoolIds.get(unitId ?? '')
    const careerSlugs = careersByField.get(cip4)
    if (schoolId === undefined || careerSlugs === undefined || existingKeys.has(toKey(schoolId, cip4, level))) return []
    existingKeys.add(toKey(schoolId, cip4, level))
    const ending = `-${cip4}-${level}`
    const id = `${schoolId.slice(0, maxIdLength - ending.length)}${ending}`
    if (programs.has(id)) return []
    if (newIds.has(id)) {
      notes.push(`${id}: left out, because two programs would have this ID. Give one of the schools a shorter ID.`)
      return []
    }
    newIds.add(id)
    const body = {
      schoolId,
      name: `${title}, ${awards[level]}`.slice(0, maxNameLength),
      careerSlugs: careerSlugs.slice(0, maxCareers),
      level,
      modality,
      sponsored: false,
    }
    const faults = findFaults('programs', id, body, row)
    notes.push(...faults.map(({ column, detail }) => `${id}: left out, because ${column} ${detail}`))
    return faults.length > 0
      ? []
      : [{ row, id, version: 0, body, before: undefined, changedColumns: Object.keys(body) }]
  })
  return { plans, notes }
}

/** What makes two programs of a school one. */
function toKey(schoolId: string, cip4: string, level: string): string {
  return `${schoolId} ${cip4} ${level}`
}
