import { career } from '#shared/domain/catalog/career.ts'
import { isStale } from '#shared/domain/catalog/fact.ts'
import type { AttentionFinding } from '#shared/domain/reporting/attention.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { Cursor } from '#shared/store/engine/engine.ts'

type OldFactsDependencies = Pick<Dependencies, 'records' | 'now'>

const careersPerPage = 20
const everyMs = 3_600_000
const latestFindings = new WeakMap<Dependencies['records'], { at: number; findings: AttentionFinding[] }>()

/** The facts of careers for which a newer release is out. Careers are large, so they are read once an hour. */
export async function findOldFacts(deps: OldFactsDependencies): Promise<AttentionFinding[]> {
  const now = deps.now()
  const at = now.getTime()
  const latest = latestFindings.get(deps.records)
  if (latest && at - latest.at < everyMs) return latest.findings
  const counts: number[] = []
  for await (const { facts } of readCareers(deps)) counts.push(facts.filter((fact) => isStale(fact, now)).length)
  const findings = toFindings(counts.filter((count) => count > 0))
  latestFindings.set(deps.records, { at, findings })
  return findings
}

function toFindings(counts: readonly number[]): AttentionFinding[] {
  if (counts.length === 0) return []
  const facts = counts.reduce((sum, count) => sum + count, 0)
  const detail =
    'Import the newer release: `npm run ops -- stale-facts` names the careers and the file. Until then pages say from which year each figure is.'
  return [{ code: 'facts-old', reason: `facts: ${facts}, careers: ${counts.length}`, detail }]
}

async function* readCareers({ records }: OldFactsDependencies) {
  let after: Cursor | undefined
  do {
    const page = await records.list('careers', { limit: careersPerPage, ...(after && { after }) })
    for (const { body } of page.records) yield career.parse(body)
    await new Promise((resolve) => setImmediate(resolve))
    after = page.next
  } while (after)
}
