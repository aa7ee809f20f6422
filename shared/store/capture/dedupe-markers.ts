import { isFormTokenScope } from '../../domain/capture/form-token.ts'
import type { DedupeMarker } from '../../domain/routing/duplicates.ts'
import { addDays } from '../../domain/time.ts'
import type { Condition, Engine, Item, Row, Write } from '../engine/engine.ts'
import { toEpochSeconds } from '../engine/expiry.ts'
import { dedupeMarkerKey, personMarkersKey, type Table } from '../keys.ts'

/** A marker as it is held: by which lead, and until when in epoch seconds. */
export type HeldMarker = { scope: string; leadId: string; expiresAt: number }
type MarkerName = Pick<DedupeMarker, 'scope' | 'digest'>

/** One write with all markers that it sets: those of a person are attributes of one row for each HMAC, so that they cost one write. */
export type MarkerWrite = { write: Write<Table>; markers: readonly MarkerName[] }

/**
 * Returns the writes that set these markers for a lead, each on condition that no other lead holds one of them at `at`.
 * A marker that has expired is set again.
 */
export function buildMarkerWrites(markers: readonly DedupeMarker[], leadId: string, at: string): MarkerWrite[] {
  const tokenMarkers = markers.filter(({ scope }) => isFormTokenScope(scope))
  const byDigest = Map.groupBy(
    markers.filter(({ scope }) => !isFormTokenScope(scope)),
    ({ digest }) => digest,
  )
  return [
    ...tokenMarkers.map((marker) => buildTokenWrite(marker, leadId, at)),
    ...[...byDigest].map(([digest, ofPerson]) => buildPersonWrite(digest, ofPerson, { leadId, at })),
  ]
}

function buildTokenWrite({ scope, digest, days }: DedupeMarker, leadId: string, at: string): MarkerWrite {
  const put = { ...dedupeMarkerKey(scope, digest), leadId, expiresAt: toExpiry(at, days) }
  return { markers: [{ scope, digest }], write: { in: 'leads', put, when: { exists: false } } }
}

function buildPersonWrite(
  digest: string,
  markers: readonly DedupeMarker[],
  { leadId, at }: { leadId: string; at: string },
): MarkerWrite {
  const marks = markers.map(({ scope, days }) => [toAttribute(scope), `${toExpiry(at, days)}#${leadId}`])
  return {
    markers,
    write: {
      in: 'leads',
      change: personMarkersKey(digest),
      set: { ...Object.fromEntries(marks), expiresAt: toExpiry(at, maxMarkerDays) },
      add: { version: 1 },
      when: { all: markers.map(({ scope }) => isFree(scope, at)) },
    },
  }
}

/** An expiry is a text of ten digits, so that texts compare like instants; `~` sorts after every ID of a lead. */
function isFree(scope: string, at: string): Condition {
  const attribute = toAttribute(scope)
  const isExpired = { attribute, is: 'at-most', value: `${toEpochSeconds(new Date(at))}#~` } as const
  return { any: [{ attribute, is: 'absent' }, isExpired] }
}

/**
 * Returns the scopes in which another lead holds one of these markers at `at`. Markers of an earlier edition have a row
 * each; none is added any more, so that they may be read with a lag, at half the price.
 */
export async function findHeldScopes(
  engine: Engine<Table>,
  markers: readonly MarkerName[],
  at: string,
): Promise<string[]> {
  const digests = new Set(markers.flatMap(({ scope, digest }) => (isFormTokenScope(scope) ? [] : [digest])))
  const [rows, ownRows] = await Promise.all([
    Promise.all(
      [...digests].map(async (digest) => [digest, parseMarkers(await readPersonMarkers(engine, digest))] as const),
    ),
    Promise.all(
      markers.map(({ scope, digest }) =>
        engine.get({
          in: 'leads',
          key: dedupeMarkerKey(scope, digest),
          ...(!isFormTokenScope(scope) && { mayLag: true }),
        }),
      ),
    ),
  ])
  const now = toEpochSeconds(new Date(at))
  const heldScopes = new Map(
    rows.map(([digest, personMarkers]) => [
      digest,
      personMarkers.flatMap(({ scope, expiresAt }) => (expiresAt > now ? scope : [])),
    ]),
  )
  const found = markers.filter(({ scope, digest }, index) => ownRows[index] || heldScopes.get(digest)?.includes(scope))
  return [...new Set(found.map(({ scope }) => scope))]
}

export function readPersonMarkers(engine: Engine<Table>, digest: string): Promise<Row | undefined> {
  return engine.get({ in: 'leads', key: personMarkersKey(digest) })
}

/** The markers of a person, also those that have expired. */
export function parseMarkers(row: Item | undefined): HeldMarker[] {
  return Object.entries(row ?? {}).flatMap(([name, value]) => {
    if (!name.startsWith(attributePrefix) || typeof value !== 'string') return []
    const [expiry = '', leadId = ''] = value.split('#')
    return { scope: name.slice(attributePrefix.length), leadId, expiresAt: Number(expiry) }
  })
}

/**
 * Returns the writes that release the markers of a lead in a scope: part of the transaction after which a further lead of
 * its person is no duplicate there. Markers of other leads stay.
 */
export async function buildMarkerReleases(
  engine: Engine<Table>,
  leadId: string,
  { scope, personDigests }: { scope: string; personDigests: readonly string[] },
): Promise<Write<Table>[]> {
  const releases = await Promise.all(
    personDigests.map(async (digest): Promise<Write<Table>[]> => {
      const ownKey = dedupeMarkerKey(scope, digest)
      const [row, ownRow] = await Promise.all([
        readPersonMarkers(engine, digest),
        engine.get({ in: 'leads', key: ownKey }),
      ])
      const isHeld = parseMarkers(row).some((marker) => marker.scope === scope && marker.leadId === leadId)
      return [
        ...(row && isHeld ? [buildRemoval(digest, row, [toAttribute(scope)])] : []),
        ...(ownRow?.leadId === leadId ? [{ in: 'leads', delete: ownKey, when: ifLead(leadId) } as const] : []),
      ]
    }),
  )
  return releases.flat()
}

/** Removes every marker of a lead from the row of a person, and the row with the last one. Undefined if there is none. */
export async function buildMarkerErasure(
  engine: Engine<Table>,
  leadId: string,
  digest: string,
): Promise<Write<Table> | undefined> {
  const row = await readPersonMarkers(engine, digest)
  const { own = [], others = [] } = Object.groupBy(parseMarkers(row), (marker) =>
    marker.leadId === leadId ? 'own' : 'others',
  )
  if (!row || own.length === 0) return undefined
  if (others.length === 0) return { in: 'leads', delete: personMarkersKey(digest), when: ifVersion(row) }
  const attributes = own.map(({ scope }) => toAttribute(scope))
  return buildRemoval(digest, row, attributes)
}

/** The markers of a person without those of some leads. Undefined if none is left. */
export function withoutMarkers(row: Row, leadIds: ReadonlySet<string>): Row | undefined {
  const markers = parseMarkers(row)
  const removed = new Set(markers.flatMap(({ scope, leadId }) => (leadIds.has(leadId) ? toAttribute(scope) : [])))
  if (markers.length > 0 && removed.size === markers.length) return undefined
  const { pk, sk, ...others } = row
  return { ...Object.fromEntries(Object.entries(others).filter(([name]) => !removed.has(name))), pk, sk }
}

function buildRemoval(digest: string, row: Row, remove: readonly string[]): Write<Table> {
  return { in: 'leads', change: personMarkersKey(digest), remove, add: { version: 1 }, when: ifVersion(row) }
}

const ifVersion = ({ version }: Row): Condition => ({ attribute: 'version', is: 'equal', value: Number(version) })
export const ifLead = (leadId: string): Condition => ({ attribute: 'leadId', is: 'equal', value: leadId })

const attributePrefix = '@'
const toAttribute = (scope: string) => `${attributePrefix}${scope}`
/** No school or source may look further back, so that the row of a person outlives all of its markers. */
const maxMarkerDays = 730

/** The instant some days later, in epoch seconds. */
export function toExpiry(instant: string, days: number): number {
  return toEpochSeconds(new Date(addDays(instant, days)))
}
