import { statSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { listMailItems } from '#functions/operator/reporting/read-attention.ts'
import type { AttentionCode, AttentionFinding } from '#shared/domain/reporting/attention.ts'
import { listStaleRules } from '#shared/domain/routing/calling/calling-rules.ts'
import { addHours, addSeconds, shiftDay, toDay } from '#shared/domain/time.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { readLastBackupTime } from '../data/backup-series.ts'
import { type Hold, settleCommand } from '../data/hold.ts'
import { secretsFile } from '../data/secrets-file.ts'
import { findBuyerAttention } from './find-buyer-attention.ts'
import { findOldFacts } from './find-old-facts.ts'
import type { CertificateReader } from './read-certificate.ts'

type AttentionDependencies = Pick<
  Dependencies,
  | 'reconciliation'
  | 'due'
  | 'certificates'
  | 'records'
  | 'endpointHealth'
  | 'routing'
  | 'deliveries'
  | 'now'
  | 'findMailFault'
>
export type AttentionSources = {
  deps: AttentionDependencies
  dataDir: string
  /** Whether the folder is that of a restored backup which is not settled. */
  findHold: () => Hold | undefined
  /** The share of the disk that is in use, from 0 to 1. */
  readDisk?: (folder: string) => Promise<number>
  /** Absent: the host has no public address. */
  readCertificate?: CertificateReader | undefined
  /** Channels whose last attempt failed, by name. */
  channelFaults: ReadonlyMap<string, ChannelFault>
}
/** Why a channel sends no alert, and how many attempts in a row have failed. */
export type ChannelFault = { reason: string; times: number }
type Finder = { codes: readonly AttentionCode[]; find: (sources: AttentionSources) => Promise<AttentionFinding[]> }

const maxOverdueSeconds = 15 * 60
const maxDiskShare = 0.8
/** A daily backup may begin late and take its time. */
const maxBackupAgeHours = 26
const certificateNoticeDays = 14
/** One failure may pass within a minute. */
export const minChannelFaults = 2
const dayMs = 24 * 3600 * 1000

/** How each item is found. Console and alerts are made from what these return. */
export const attentionFinders: readonly Finder[] = [
  { codes: ['mail-failing'], find: async ({ deps }) => listMailItems(deps) },
  { codes: ['backup-unsettled'], find: async ({ findHold }) => listHoldItems(findHold()) },
  { codes: ['delivery-overdue'], find: findOverdueDelivery },
  { codes: ['drift'], find: findDrift },
  { codes: ['disk-full'], find: findFullDisk },
  { codes: ['backup-old'], find: findOldBackup },
  { codes: ['certificate-expiring'], find: findExpiringCertificate },
  { codes: ['certificate-unretained'], find: findUnretainedCertificates },
  { codes: ['alert-failing'], find: findFailingChannels },
  { codes: ['calling-rules-old'], find: findOldCallingRules },
  { codes: ['facts-old'], find: ({ deps }) => findOldFacts(deps) },
  {
    codes: [
      ...['endpoint-failing', 'mailbox-closed', 'leads-stopped', 'cap-almost-used', 'cap-used'],
      ...['credit-almost-used', 'credit-used'],
    ] as const,
    find: ({ deps }) => findBuyerAttention(deps),
  },
]

function listHoldItems(hold: Hold | undefined): AttentionFinding[] {
  if (!hold) return []
  const detail = `Say what happened since: \`${settleCommand}\`. Until then, leads get 503, and schools get nothing.`
  return [{ code: 'backup-unsettled', since: hold.asOf, reason: `backup of ${hold.asOf}`, detail }]
}

async function findOverdueDelivery({ deps, findHold }: AttentionSources): Promise<AttentionFinding[]> {
  // What waits in a held folder waits for that reason.
  if (findHold()) return []
  const overdue = await deps.due.listDeliveries(addSeconds(deps.now().toISOString(), -maxOverdueSeconds), 1)
  const [oldest] = overdue.map(({ dueAt }) => dueAt).toSorted()
  if (oldest === undefined) return []
  const detail = 'Search the log for request.faulted and school.alert, and check the clock of the machine.'
  return [{ code: 'delivery-overdue', reason: `due since ${oldest}`, detail }]
}

async function findDrift({ deps }: AttentionSources): Promise<AttentionFinding[]> {
  const today = toDay(deps.now().toISOString())
  const reports = [today, shiftDay(today, -1)].map(async (day) => ({
    day,
    drift: (await deps.reconciliation.findReport(day))?.finished?.drift ?? 0,
  }))
  const detail = 'Open Reconciliation in the console to see which leads differ.'
  return (await Promise.all(reports)).flatMap(({ day, drift }) =>
    drift > 0 ? [{ code: 'drift' as const, subject: day, reason: `differences: ${drift}`, detail }] : [],
  )
}

async function findFullDisk({ dataDir, readDisk = readDiskShare }: AttentionSources): Promise<AttentionFinding[]> {
  const share = await readDisk(dataDir)
  const detail = 'Free up space: on a full disk, no lead is accepted. Old backups may be on this disk.'
  return share > maxDiskShare ? [{ code: 'disk-full', reason: `${Math.floor(share * 100)}% used`, detail }] : []
}

async function findOldBackup({ deps, dataDir }: AttentionSources): Promise<AttentionFinding[]> {
  const lastAt = readLastBackupTime(dataDir)
  const since = lastAt ?? statSync(join(dataDir, secretsFile)).mtime.toISOString()
  if (deps.now().toISOString() <= addHours(since, maxBackupAgeHours)) return []
  const detail = 'Set BACKUP_DIR, or run `npm run ops -- backup`. The log has backup.failed if one failed.'
  return [
    { code: 'backup-old', since, reason: lastAt === undefined ? 'no backup yet' : `last backup ${lastAt}`, detail },
  ]
}

async function findExpiringCertificate({ deps, readCertificate }: AttentionSources): Promise<AttentionFinding[]> {
  const certificate = await readCertificate?.()
  if (!certificate) return []
  const { host, validFrom, validTo } = certificate
  const leftMs = validTo.getTime() - deps.now().getTime()
  // A certificate of a few days is renewed when a third of them is left.
  const noticeMs = Math.min(certificateNoticeDays * dayMs, (validTo.getTime() - validFrom.getTime()) / 3)
  if (leftMs > noticeMs) return []
  const days = Math.floor(leftMs / dayMs)
  const reason = days < 0 ? `expired ${validTo.toISOString()}` : `expires ${validTo.toISOString()}, days left: ${days}`
  const detail = 'Check in the log of your proxy why it has not renewed it. Browsers refuse an expired certificate.'
  return [{ code: 'certificate-expiring', subject: host, reason, detail }]
}

async function findUnretainedCertificates({ deps }: AttentionSources): Promise<AttentionFinding[]> {
  const atRisk = await deps.certificates.listAtRisk(deps.now().toISOString())
  const [first] = atRisk.toSorted((one, other) => (one.deadlineAt < other.deadlineAt ? -1 : 1))
  if (!first) return []
  const reason = `leads: ${atRisk.length}, first deadline ${first.deadlineAt}, ${first.reason ?? 'no answer'}`
  const detail = 'Check your account at the vendor and its key. Attempts go on; what has expired there is lost.'
  return [{ code: 'certificate-unretained', reason, detail }]
}

async function findFailingChannels({ channelFaults }: AttentionSources): Promise<AttentionFinding[]> {
  const detail = 'Correct ALERT_EMAIL, SMTP_URL or ALERT_WEBHOOK_URL. Alerts are kept and sent once it works.'
  return [...channelFaults]
    .filter(([, { times }]) => times >= minChannelFaults)
    .map(([subject, { reason }]) => ({ code: 'alert-failing', subject, reason, detail }))
}

async function findOldCallingRules({ deps }: AttentionSources): Promise<AttentionFinding[]> {
  const stale = listStaleRules(deps.now().toISOString())
  const detail = 'Upgrade, or check the hours of these states yourself. Leads are still sent by the rules as they are.'
  return stale.length > 0 ? [{ code: 'calling-rules-old', reason: `rows: ${stale.join(' ')}`, detail }] : []
}

async function readDiskShare(folder: string): Promise<number> {
  const { blocks, bavail } = await statfs(folder)
  return 1 - bavail / blocks
}
