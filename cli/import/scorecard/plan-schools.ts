import { isDeepStrictEqual } from 'node:util'
import type * as z from 'zod'
import type { schoolInput } from '#shared/domain/catalog/school.ts'
import { findTimeZoneOfZip } from '#shared/domain/routing/calling/time-zone-of-zip.ts'
import { mergeFacts } from '../careers/merge-facts.ts'
import { findFaults, type RecordPlan, type StoredRecordBody } from '../records/parse-record-rows.ts'
import { toSlug } from '../to-slug.ts'
import { buildSchoolFacts, type ScorecardYear } from './build-school-facts.ts'
import { groupSchoolsByUnit } from './group-schools-by-unit.ts'
import type { Institution } from './read-institutions.ts'

type SchoolBody = Partial<z.input<typeof schoolInput>>
/** `notes`: institutions that were left out, and why. */
export type ScorecardPlans = { plans: RecordPlan[]; notes: string[] }

const maxIdLength = 64
const maxNameLength = 160

/**
 * A school for each institution. A stored school is the same if it has its IPEDS ID: what staff wrote stays, only what it lacks is
 * filled, and the figures of the Scorecard are replaced. No name makes two schools one.
 * @param stored schools by ID, without the fields that only the server sets
 */
export function planSchools(
  institutions: readonly Institution[],
  stored: ReadonlyMap<string, StoredRecordBody>,
  year: ScorecardYear | undefined,
): ScorecardPlans {
  const idsByUnit = groupSchoolsByUnit(stored)
  const idsByName = new Map(
    [...stored].flatMap(([id, { body }]) => (body.ipedsId ? [] : [[toSlug(String(body.name), maxIdLength), id]])),
  )
  const slugs = Map.groupBy(institutions, ({ name }) => toSlug(name, maxIdLength))
  const notes: string[] = []
  const plans = institutions.flatMap((institution): RecordPlan[] => {
    const { row, unitId, name } = institution
    const slug = toSlug(name, maxIdLength)
    const namesake = idsByName.get(slug)
    const storedId = idsByUnit.get(unitId)
    if (storedId === undefined && namesake !== undefined) {
      notes.push(
        `${name}: left out, because the school ${namesake} has its name and no IPEDS ID. If it is the same, give it the IPEDS ID ${unitId}.`,
      )
      return []
    }
    const isTaken = stored.has(slug) || (slugs.get(slug)?.length ?? 0) > 1
    const id = storedId ?? (isTaken ? `${slug.slice(0, maxIdLength - 7)}-${unitId}` : slug)
    const before = stored.get(id)
    const filled = fillSchool(institution, before?.body ?? {}, year)
    const faults = findFaults('schools', id, filled, row)
    if (faults.length > 0) {
      notes.push(...faults.map(({ column, detail }) => `${name}: left out, because ${column} ${detail}`))
      return []
    }
    const changedColumns = Object.keys(filled).filter((field) => !isDeepStrictEqual(filled[field], before?.body[field]))
    return [{ row, id, version: before?.version ?? 0, body: filled, before: before?.body, changedColumns }]
  })
  return { plans, notes }
}

function fillSchool(
  institution: Institution,
  current: StoredRecordBody['body'],
  year: ScorecardYear | undefined,
): StoredRecordBody['body'] {
  const { unitId, name, city, state, zip, url, accreditor } = institution
  const zone = findTimeZoneOfZip({ zip, state })
  const content: SchoolBody = {
    name: name.slice(0, maxNameLength),
    ipedsId: unitId,
    ...(zone !== undefined && { timeZone: zone }),
    ...(city !== undefined && { place: { city, state } }),
    ...(url !== undefined && { url }),
    ...(accreditor !== undefined && { accreditation: [{ name: accreditor }] }),
  }
  const facts = year && mergeFacts(toFacts(current.facts), buildSchoolFacts(institution, year))
  return { ...content, ...current, ...(facts && facts.length > 0 && { facts }) }
}

function toFacts(value: unknown): Parameters<typeof mergeFacts>[0] {
  return Array.isArray(value) ? value : []
}
