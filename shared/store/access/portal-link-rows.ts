import * as z from 'zod'
import { getIssuerKeyId, type PortalLink, portalLink } from '../../domain/access/portal-access.ts'
import { generation, isSameGeneration } from '../../domain/catalog/generation.ts'
import type { Condition, Engine, Write } from '../engine/engine.ts'
import { accessKeyRecordKey, portalLinkKey, portalListKey, recordKey, type Table } from '../keys.ts'
import { toItem } from '../rows.ts'
import { isKeyRevoked, type Ring } from './key-ring-row.ts'

type CatalogReader = Engine<Table>

export async function findPortalLink(engine: CatalogReader, linkId: string): Promise<PortalLink | undefined> {
  const row = await engine.get({ in: 'catalog', key: portalLinkKey(linkId) })
  return row && linkRow.parse(row).link
}

/** Whether the school of a link still exists, and was not deleted and created again. */
export async function isHolderCurrent(
  engine: CatalogReader,
  { schoolId, generation }: Pick<PortalLink, 'schoolId' | 'generation'>,
): Promise<boolean> {
  const row = await engine.get({ in: 'catalog', key: recordKey('schools', schoolId) })
  return row !== undefined && isSameGeneration(schoolRow.parse(row).generation, generation)
}

/** Whether the staff key that created a link was revoked. */
export async function isIssuerRevoked(engine: CatalogReader, link: Pick<PortalLink, 'createdBy'>): Promise<boolean> {
  const issuerKeyId = getIssuerKeyId(link)
  return issuerKeyId !== undefined && (await isKeyRevoked(engine, issuerKeyId))
}

/** Fails if the staff key that created a link is revoked at the same time. */
export function buildIssuerChecks(link: PortalLink): Write<Table>[] {
  const issuerKeyId = getIssuerKeyId(link)
  if (issuerKeyId === undefined) return []
  const when = { all: [{ exists: true }, { attribute: 'revokedAt', is: 'absent' }] } as const
  return [{ in: 'catalog', check: accessKeyRecordKey(issuerKeyId), when }]
}

/** Sessions of revoked staff keys are refused, so they do not count as active. */
export async function dropRevokedIssuers(engine: CatalogReader, live: Ring['live']): Promise<Ring['live']> {
  const issuers = [...new Set(live.flatMap(({ issuerKeyId }) => issuerKeyId ?? []))]
  const revoked = new Set<string | undefined>()
  for (const issuer of issuers) if (await isKeyRevoked(engine, issuer)) revoked.add(issuer)
  return live.filter(({ issuerKeyId }) => issuerKeyId === undefined || !revoked.has(issuerKeyId))
}

/** Saves a link, if it is still as it was read: absent, unopened, or opened and not revoked. */
export function saveLinkWrite(link: PortalLink, previous?: PortalLink): Write<Table> {
  const { linkId, openedAt, revokedAt } = link
  const times = { ...(openedAt && { openedAt }), ...(revokedAt && { revokedAt }) }
  const row = { ...portalLinkKey(linkId), link: toItem(link), ...times }
  return { in: 'catalog', put: row, when: previous ? ifUnchangedLink(previous) : { exists: false } }
}

/** Writes of the lists that show a link or its session: that of its school, and that of all schools. */
export function buildListWrites(
  list: 'LINKS' | 'SESSIONS',
  { schoolId, linkId, at }: { schoolId: string; linkId: string; at: string },
): Write<Table>[] {
  return [undefined, schoolId].map((one) => ({
    in: 'catalog',
    put: { ...portalListKey(list, one, `${at}#${linkId}`), linkId },
  }))
}

const linkRow = z.object({ link: portalLink })
const schoolRow = z.object({ generation })

function ifUnchangedLink({ openedAt }: PortalLink): Condition {
  const ifOpenedAsRead: Condition = openedAt
    ? { attribute: 'openedAt', is: 'equal', value: openedAt }
    : { attribute: 'openedAt', is: 'absent' }
  return { all: [{ exists: true }, ifOpenedAsRead, { attribute: 'revokedAt', is: 'absent' }] }
}
