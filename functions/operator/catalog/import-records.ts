import { type ImportKind, type ImportTotals, importRecords as route } from '#shared/contract/catalog/imports.ts'
import { readOnlyFields, records } from '#shared/contract/catalog/records.ts'
import { Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { toActor } from '#shared/domain/access/actor.ts'
import { toCanonicalJson } from '#shared/domain/canonical-json.ts'
import { stateFigures } from '#shared/domain/catalog/state-figures.ts'
import { staffHolderName } from '#shared/domain/reporting/notifications/notification.ts'
import { addSeconds } from '#shared/domain/time.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { parseRequest } from '#shared/http/parse-request.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { RecordStore, StoredRecord } from '#shared/store/catalog/record-store.ts'
import type { StoredRecordKind } from '#shared/store/keys.ts'
import { publishOpenRecords } from '#shared/workflows/catalog/publish-open-records.ts'
import { describeLastChange, publishBudgetSeconds, writeRecord } from '#shared/workflows/catalog/write-record.ts'
import { type PutCampaignDependencies, putCampaign, requireOwnPrograms } from '../routing/put-campaign.ts'
import { type DeleteRecordDependencies, deleteRecord, requireUnused } from './delete-record.ts'
import {
  type PutSchoolDependencies,
  type PutSourceDependencies,
  putCareer,
  putProgram,
  putSchool,
  putSource,
  requireProgramReferences,
} from './put-records.ts'
import { requireReferences } from './require-references.ts'

type ImportRecordsDependencies = PutCampaignDependencies &
  PutSchoolDependencies &
  PutSourceDependencies &
  DeleteRecordDependencies &
  Pick<Dependencies, 'notifications'>
type Result = Extract<Reply<typeof route>, { status: 200 }>['body']
type RowResult = Result['rows'][number]
type Row = Request<typeof route>['body']['rows'][number]
type RowContext = Pick<Request<typeof route>, 'principal' | 'ip' | 'spend'> & { kind: ImportKind; isDryRun: boolean }

/**
 * Writes each row as its own request would, but leaves the pages of careers to later: they show many records, and are composed once. Rows
 * are independent, so a batch that is sent again changes nothing that is already as it says.
 */
export async function importRecords(
  { body: { kind, rows, dryRun, finished }, ...caller }: Request<typeof route>,
  deps: ImportRecordsDependencies,
): Promise<Reply<typeof route>> {
  const deadline = addSeconds(deps.now().toISOString(), publishBudgetSeconds)
  const context = { ...caller, kind, isDryRun: dryRun }
  const rowDeps = { ...deps, records: rememberOtherKinds(kind, deps.records), pages: 'later' as const }
  const results: RowResult[] = []
  for (let start = 0; start < rows.length; start += rowsAtOnce) {
    const batch = rows.slice(start, start + rowsAtOnce)
    const isLate = deps.now().toISOString() >= deadline
    results.push(
      ...(await Promise.all(
        batch.map((row) =>
          isLate ? { id: row.id, outcome: 'not-reached' as const } : importRow(row, context, rowDeps),
        ),
      )),
    )
  }
  // A request with rows has used its time; the last one, without rows, composes the pages.
  const pendingPages = await publishOpenRecords({ deadline, isEnabled: rows.length === 0 && !dryRun }, deps)
  if (finished && rows.length === 0 && !dryRun) await notifyOfImport(kind, finished, deps)
  return { status: 200, body: { rows: results, pendingPages } }
}

async function notifyOfImport(kind: ImportKind, totals: ImportTotals, deps: ImportRecordsDependencies): Promise<void> {
  await deps.notifications.add(staffHolderName, {
    notificationId: deps.newId('notification'),
    event: 'import-finished',
    at: deps.now().toISOString(),
    subject: { kind: 'imports', id: kind },
    figures: totals,
  })
}

/** So that rows share the commits of one machine, and wait less for the database of AWS. */
const rowsAtOnce = 10

async function importRow(row: Row, context: RowContext, deps: ImportRecordsDependencies): Promise<RowResult> {
  const { id } = row
  try {
    return { id, ...(row.delete ? await importDeletion(row, context, deps) : await importBody(row, context, deps)) }
  } catch (error) {
    // What is only busy is no fault of the row: the whole batch is sent again.
    if (!(error instanceof Refusal) || error.code === 'CONFLICT_RETRY') throw error
    return { id, outcome: 'refused', problem: { code: error.code, detail: error.detail, errors: error.errors } }
  }
}

async function importDeletion(
  { id, version }: Row,
  { kind, isDryRun, principal }: RowContext,
  deps: ImportRecordsDependencies,
): Promise<Omit<RowResult, 'id'>> {
  const current = await deps.records.get(kind, id)
  if (!current) return { outcome: 'unchanged' }
  if (version !== undefined) requireVersion(version, current)
  if (isDryRun) {
    await requireUnused(kind, current, deps)
    return { outcome: 'deleted' }
  }
  const ifMatch = version === undefined ? '*' : `"${version}"`
  await deleteRecord(kind, { id, ifMatch, actor: toActor(principal) }, deps)
  return { outcome: 'deleted' }
}

async function importBody(
  row: Row,
  context: RowContext,
  deps: ImportRecordsDependencies,
): Promise<Omit<RowResult, 'id'>> {
  const { kind, isDryRun } = context
  const current = await deps.records.get(kind, row.id)
  const expectedVersion = row.version ?? current?.version ?? 0
  const write = prepareWrite(row, expectedVersion, context, deps)
  if (current && isAsStored(write.body, current)) return { outcome: 'unchanged', version: current.version }
  requireVersion(expectedVersion, current)
  if (isDryRun) {
    await write.check?.()
    return { outcome: current ? 'changed' : 'created' }
  }
  const { version, ...shownOnce } = await write.run()
  return { outcome: current ? 'changed' : 'created', version, ...shownOnce }
}

function requireVersion(expectedVersion: number, current: StoredRecord | undefined): void {
  if (expectedVersion === (current?.version ?? 0)) return
  throw new Refusal(
    'VERSION_CONFLICT',
    current ? `Its version is ${current.version} now. ${describeLastChange(current)}` : 'There is no such record.',
  )
}

/** `check`: what a dry run judges beside the fields. */
type PreparedWrite = {
  body: object
  check?: () => Promise<unknown>
  run: () => Promise<{ version: number; secret?: string; key?: string }>
}

/** Parses a row as the body of its `PUT`. @throws Refusal that lists every invalid field */
function prepareWrite(
  { id, body }: Row,
  version: number,
  { kind, isDryRun: _, ...caller }: RowContext,
  deps: ImportRecordsDependencies,
): PreparedWrite {
  const event = {
    pathParameters: { id },
    headers: version === 0 ? {} : { 'if-match': `"${version}"` },
    body,
  }
  switch (kind) {
    case 'state-figures': {
      const figures = parseRequest(stateFiguresInput, { headers: {}, body }).body
      const reference = { pointer: '', kind: 'careers', id } as const
      return {
        body: figures,
        check: () => requireReferences([reference], deps),
        run: async () => {
          await requireReferences([reference], deps)
          const ifMatch = version === 0 ? undefined : `"${version}"`
          const write = { id, body: figures, ifMatch, actor: toActor(caller.principal) }
          return pickVersion({ body: (await writeRecord('state-figures', write, deps)).version })
        },
      }
    }
    case 'careers': {
      const input = parseRequest(records.careers.put, event)
      return { body: input.body, run: async () => pickVersion(await putCareer({ ...caller, ...input }, deps)) }
    }
    case 'schools': {
      const input = parseRequest(records.schools.put, event)
      return { body: input.body, run: async () => pickVersion(await putSchool({ ...caller, ...input }, deps)) }
    }
    case 'programs': {
      const input = parseRequest(records.programs.put, event)
      return {
        body: input.body,
        check: () => requireProgramReferences(id, input.body, deps),
        run: async () => pickVersion(await putProgram({ ...caller, ...input }, deps)),
      }
    }
    case 'campaigns': {
      const input = parseRequest(records.campaigns.put, event)
      return {
        body: input.body,
        check: () => requireOwnPrograms(input.body, deps),
        run: async () => {
          const { body: written } = await putCampaign({ ...caller, ...input }, deps)
          return { version: written.version, ...(written.secret !== undefined && { secret: written.secret }) }
        },
      }
    }
    case 'sources': {
      const input = parseRequest(records.sources.put, event)
      return {
        body: input.body,
        run: async () => {
          const { status, body: written } = await putSource({ ...caller, ...input }, deps)
          return { version: written.version, ...(status === 201 && { key: written.key }) }
        },
      }
    }
  }
}

/** Figures by state have no address of their own: they are only imported. */
const stateFiguresInput = { ...route, body: stateFigures }

function pickVersion({ body: { version } }: { body: { version: number } }) {
  return { version }
}

/** Whether a record has exactly these fields, apart from those that only the server sets. */
function isAsStored(body: object, { body: stored }: StoredRecord): boolean {
  const own = Object.fromEntries(Object.entries(stored).filter(([name]) => !serverFields.includes(name)))
  return toCanonicalJson(body) === toCanonicalJson(own)
}
const serverFields = [...readOnlyFields, 'sealed']

/**
 * Reads each referenced record once for the whole batch. That is safe: a write names the generation that it read, and is
 * refused if the record was deleted since.
 */
function rememberOtherKinds(kind: ImportKind, store: RecordStore): RecordStore {
  const remembered = new Map<string, ReturnType<RecordStore['get']>>()
  return {
    ...store,
    get(otherKind: StoredRecordKind, id: string) {
      if (otherKind === kind) return store.get(otherKind, id)
      const name = `${otherKind}#${id}`
      const promise = remembered.get(name) ?? store.get(otherKind, id)
      remembered.set(name, promise)
      return promise
    },
  }
}

export const handler = defineHandler(route, importRecords)
