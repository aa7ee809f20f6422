import { parse } from 'csv-parse/sync'
import { fileLeaseSeconds } from '#functions/worker/file/send-files.ts'
import {
  bayShoreCampaign,
  createTestSystem,
  putRecord,
  submitTestLead,
  type TestSystem,
} from '#test/functions/create-test-system.ts'
import { deliverDue } from '#test/functions/routing/create-test-market.ts'

/** The clock of the tests begins on a Monday at 09:00 in Chicago; the file is due at 10:00. */
export const schedule = { times: ['10:00'], timeZone: 'America/Chicago' }
export const hostKey = `SHA256:${'A'.repeat(43)}`
export const sftp = {
  kind: 'sftp',
  host: 'sftp.bay-shore.example',
  username: 'leads',
  folder: '/incoming',
  hostKeys: [hostKey],
  password: 'fixture password',
  schedule,
}
export const emailFile = { kind: 'email-file', to: 'leads@bay-shore.example', schedule }
export const fileName = 'bay-shore-tx.20261123T160000Z.csv'
export const fileId = fileName.slice(0, -'.csv'.length)

/** A school that gets its leads as files. */
export async function createFileSystem(endpoint: object = sftp): Promise<TestSystem> {
  const system = await createTestSystem()
  await putEndpoint(system, endpoint)
  return system
}

export async function putEndpoint({ api }: TestSystem, endpoint: object) {
  await putRecord(api, 'campaigns', 'bay-shore-tx', bayShoreCampaign({ endpoint }))
}

/** A lead that has joined its file. */
export async function queueLead(system: TestSystem, number: number): Promise<string> {
  const { schools } = await submitTestLead(system, number, { schoolIds: ['bay-shore'] })
  const deliveryId = schools[0]?.deliveryId ?? ''
  await system.api.deliver(deliveryId)
  return deliveryId
}

export async function runFiles(system: TestSystem, seconds: number) {
  system.api.advanceClock(seconds)
  await system.api.sendFiles()
  await deliverDue(system)
}

/** Until the lease of a sender that died has ended. */
export async function runAfterLease(system: TestSystem) {
  await runFiles(system, fileLeaseSeconds + 1)
}

export function readDelivery({ api }: TestSystem, deliveryId: string) {
  return api.createDependencies('operator').deliveries.findWithAttempts(deliveryId)
}

export function listRowIds(csv: string | undefined): string[] {
  const rows: { deliveryId: string }[] = parse(csv ?? '', { columns: true, bom: true })
  return rows.map(({ deliveryId }) => deliveryId)
}

/** The files that a reader of the folder sees. */
export function listFiles({ api }: TestSystem): string[] {
  return [...api.sftp.files.keys()].filter((name) => !name.startsWith('.'))
}
