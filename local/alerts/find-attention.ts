import { statSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { listMailItems } from '#functions/operator/reporting/read-attention.ts'
import { school } from '#shared/domain/catalog/school.ts'
import { maxFailures } from '#shared/domain/delivery/circuit-state.ts'
import type { AttentionCode, AttentionItem } from '#shared/domain/reporting/attention.ts'
import { campaign } from '#shared/domain/routing/campaign.ts'
import { findCreditLevel } from '#shared/domain/routing/edits/credit-level.ts'
import { addHours, addSeconds, shiftDay, toDay } from '#shared/domain/time.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { StoredRecord } from '#shared/store/catalog/record-store.ts'
import type { Cursor } from '#shared/store/engine/engine.ts'
import { readCapUsage, readSchoolUsage } from '#shared/workflows/routing/read-cap-usage.ts'
import { readLastBackupTime } from '../data/backup-series.ts'
import { secretsFile } from '../data/secrets-file.ts'

type AttentionDependencies = Pick<
  Dependencies,
  'reconciliation' | 'due' | 'records' | 'endpointHealth' | 'routing' | 'now' | 'findMailFault'
>
/** `readDisk`: the share of the disk that is in use, from 0 to 1. */
export type AttentionSources = {
  deps: AttentionDependencies
  dataDir: string
  readDisk?: (folder: string) => Promise<number>
}
/** Without `since`, it begins when it is first found. */
export type AttentionFinding = Omit<AttentionItem, 'since' | 'code'> & { since?: string }

const maxOverdueSeconds = 15 * 60
const maxDiskShare = 0.8
/** A daily backup may begin late and take its time. */
const maxBackupAgeHours = 26
const recordsPerPage = 100

/** How each item is found. Console and alerts are made from what these return. */
export const attentionSources: { [code in AttentionCode]: (sources: AttentionSources) => Promise<AttentionFinding[]> } =
  {
    'mail-failing': async ({ deps }) => listMailItems(deps),

    async 'delivery-overdue'({ deps }) {
      const now = deps.now().toISOString()
      const overdue = await deps.due.listDeliveries(addSeconds(now, -maxOverdueSeconds), 1)
      const [oldest] = overdue.map(({ dueAt }) => dueAt).toSorted()
      if (oldest === undefined) return []
      const detail = 'Search the log for request.faulted and school.alert, and check that the clock is right.'
      return [{ reason: `due since ${oldest}`, detail }]
    },

    async 'endpoint-failing'({ deps }) {
      const findings = await mapRecords('schools', deps, async ({ id }) => {
        const { failures } = await deps.endpointHealth.getCircuit(id)
        const detail = 'Deliveries wait and are retried. Ask the school about its webhook.'
        return failures >= maxFailures ? [{ subject: id, reason: `${failures} failures in a row`, detail }] : []
      })
      return findings
    },

    'mailbox-closed': ({ deps }) =>
      mapRecords('schools', deps, async ({ id }) => {
        const { disabled } = await deps.endpointHealth.getBySchool(id)
        return disabled.map(({ campaignId, kind, why, at }) => ({
          subject: campaignId,
          since: at,
          reason: `${kind}: ${why}`,
          detail: 'Ask the school for a new address, and save it in the campaign.',
        }))
      }),

    async drift({ deps }) {
      const today = toDay(deps.now().toISOString())
      const reports = [today, shiftDay(today, -1)].map(async (day) => ({
        day,
        drift: (await deps.reconciliation.findReport(day))?.finished?.drift ?? 0,
      }))
      const detail = 'Open Reconciliation in the console, which names the leads.'
      return (await Promise.all(reports)).flatMap(({ day, drift }) =>
        drift > 0 ? [{ subject: day, reason: `differences: ${drift}`, detail }] : [],
      )
    },

    async 'disk-full'({ dataDir, readDisk = readDiskShare }) {
      const share = await readDisk(dataDir)
      const detail = 'Free space: without any, no lead is accepted. Old backups may be on this disk.'
      return share > maxDiskShare ? [{ reason: `${Math.floor(share * 100)} % used`, detail }] : []
    },

    async 'backup-old'({ deps, dataDir }) {
      const lastAt = readLastBackupTime(dataDir)
      const since = lastAt ?? statSync(join(dataDir, secretsFile)).mtime.toISOString()
      if (deps.now().toISOString() <= addHours(since, maxBackupAgeHours)) return []
      const detail = 'Set BACKUP_DIR, or run `npm run ops -- backup`. The log has backup.failed if one failed.'
      return [{ since, reason: lastAt === undefined ? 'no backup yet' : `last backup ${lastAt}`, detail }]
    },

    'cap-almost-used': ({ deps }) => findCaps(deps, 0.8),
    'cap-used': ({ deps }) => findCaps(deps, 1),
    'credit-almost-used': ({ deps }) => findCredit(deps, 80),
    'credit-used': ({ deps }) => findCredit(deps, 100),
  }

/** Campaigns of which a cap that counts has reached a share of its limit, and no cap the next step. */
function findCaps(deps: AttentionDependencies, step: 0.8 | 1): Promise<AttentionFinding[]> {
  return mapRecords('campaigns', deps, async ({ id, generation, body }) => {
    const fields = campaign.parse(body)
    const owner = await deps.records.get('schools', fields.schoolId)
    if (!owner || fields.caps.length + (fields.schoolCaps?.length ?? 0) === 0) return []
    const parts = { ...school.parse(owner.body), id: owner.id, generation: owner.generation }
    const caps = (await readCapUsage({ ...fields, id, generation }, parts, deps)).filter(({ counts }) => counts)
    const [fullest] = caps.toSorted((one, other) => other.used / other.limit - one.used / one.limit)
    if (!fullest || !isAtStep(fullest.used / fullest.limit, step)) return []
    const { period, used, limit, unit } = fullest
    const detail = 'No action is needed if that is what the school bought. Ask the school if it wants more.'
    return [{ subject: id, reason: `${period}: ${used} of ${limit} ${unit}`, detail }]
  })
}

function isAtStep(share: number, step: 0.8 | 1): boolean {
  return step === 1 ? share >= 1 : share >= step && share < 1
}

function findCredit(deps: AttentionDependencies, level: 80 | 100): Promise<AttentionFinding[]> {
  return mapRecords('schools', deps, async ({ id, generation, body }) => {
    const fields = school.parse(body)
    if (fields.creditCents === undefined) return []
    const { credit } = await readSchoolUsage({ ...fields, id, generation }, deps)
    if (!credit || findCreditLevel(credit) !== level) return []
    const detail = level === 100 ? 'It gets no leads. Ask the school to pay.' : 'Ask the school to pay.'
    return [{ subject: id, reason: `${credit.usedCents} of ${credit.limitCents} cents`, detail }]
  })
}

/** Reads page by page, so that requests are answered in between. */
async function mapRecords(
  kind: 'schools' | 'campaigns',
  { records }: AttentionDependencies,
  find: (record: StoredRecord) => Promise<AttentionFinding[]>,
): Promise<AttentionFinding[]> {
  const findings: AttentionFinding[] = []
  let after: Cursor | undefined
  do {
    const page = await records.list(kind, { limit: recordsPerPage, ...(after && { after }) })
    for (const record of page.records) findings.push(...(await find(record)))
    await new Promise((resolve) => setImmediate(resolve))
    after = page.next
  } while (after)
  return findings
}

async function readDiskShare(folder: string): Promise<number> {
  const { blocks, bavail } = await statfs(folder)
  return 1 - bavail / blocks
}
