import { records } from '#shared/contract/catalog/records.ts'
import { invalidFields } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { toActor } from '#shared/domain/access/actor.ts'
import { storedSource } from '#shared/domain/capture/source.ts'
import { type Generation, toOwnerName } from '#shared/domain/catalog/generation.ts'
import { notificationSecretContext, type School, school } from '#shared/domain/catalog/school.ts'
import { isCreditCounted } from '#shared/domain/routing/edits/credit-level.ts'
import { editSchool } from '#shared/domain/routing/edits/edit-school.ts'
import { planSourceCounters } from '#shared/domain/routing/source/edit-source.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { newAccessKey } from '#shared/platform/access-keys.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { sha256 } from '#shared/platform/digests.ts'
import { saveKeyWrite } from '#shared/store/access/access-key-store.ts'
import type { StoredRecord } from '#shared/store/catalog/record-store.ts'
import { enableMailboxWrites } from '#shared/store/delivery/endpoint-health-store.ts'
import { type CreditStart, startCreditWrite } from '#shared/store/routing/credit-alert-store.ts'
import { addReferenceWrites } from '#shared/workflows/catalog/reference-writes.ts'
import { type WriteRecordDependencies, writeRecord } from '#shared/workflows/catalog/write-record.ts'
import { readBalance } from '#shared/workflows/reporting/load-statement.ts'
import { refuseOtherAnswers } from './refuse-other-answers.ts'
import { refuseMove, requireReferences } from './require-references.ts'
import { resealSecret, sealSourceSecrets, secretRequired } from './seal-secrets.ts'

type PutRecordDependencies = WriteRecordDependencies
export type PutSchoolDependencies = PutRecordDependencies &
  Pick<Dependencies, 'creditAlerts' | 'ledger' | 'statements' | 'sealer' | 'findUrlProblem'>
export type PutSourceDependencies = PutRecordDependencies & Pick<Dependencies, 'randomBytes' | 'sealer'>
type PutCareer = typeof records.careers.put
type PutSchool = typeof records.schools.put
type PutProgram = typeof records.programs.put
type PutSource = typeof records.sources.put

/** Writes a career. It may name related careers that do not exist yet: they are shown once they are written. */
export async function putCareer(
  { params, body, headers, principal }: Request<PutCareer>,
  deps: PutRecordDependencies,
): Promise<Reply<PutCareer>> {
  const write = { id: params.id, body, ifMatch: headers['if-match'], actor: toActor(principal) }
  const written = await writeRecord('careers', write, deps)
  return { status: written.status, headers: written.headers, body: { ...body, ...written.version } }
}

/** Writes a school. A paused school has left the listings and gets no lead once this has returned. */
export async function putSchool(
  { params, body, headers, principal }: Request<PutSchool>,
  deps: PutSchoolDependencies,
): Promise<Reply<PutSchool>> {
  const at = deps.now().toISOString()
  const { notificationSecret, ...fields } = body
  const urlProblem =
    fields.notificationWebhook === undefined ? undefined : deps.findUrlProblem(fields.notificationWebhook)
  if (urlProblem !== undefined)
    throw invalidFields([{ pointer: '/notificationWebhook', code: 'forbidden_url', detail: urlProblem }])
  const toSealed = (previous: School['sealed']): School['sealed'] => {
    const context = notificationSecretContext(params.id)
    const notification = resealSecret(notificationSecret, { context, previous: previous?.notification }, deps)
    if (fields.notificationWebhook !== undefined && notification === undefined)
      throw secretRequired('/notificationSecret')
    return notification === undefined ? undefined : { notification }
  }
  const creditStart = isCreditCounted(body) ? await readCreditStart(params.id, deps) : undefined
  const noticeMailboxes = body.privacyNoticeEmail === undefined ? [] : [body.privacyNoticeEmail]
  const write = {
    id: params.id,
    body: (previous: StoredRecord | undefined) => {
      const stored = previous && school.parse(previous.body)
      const sealed = toSealed(stored?.sealed)
      return { ...editSchool(fields, stored, at), ...(sealed && { sealed }) }
    },
    ifMatch: headers['if-match'],
    actor: toActor(principal),
    also: (previous: StoredRecord | undefined, _next: unknown, generation: Generation) => {
      const owner = toOwnerName({ id: params.id, generation })
      const startsCredit = creditStart !== undefined && previous !== undefined && !isCounted(previous)
      return [
        ...enableMailboxWrites(owner, noticeMailboxes),
        ...(startsCredit ? [startCreditWrite(owner, creditStart)] : []),
      ]
    },
  }
  const written = await writeRecord('schools', write, deps)
  return { status: written.status, headers: written.headers, body: { ...fields, ...written.version } }
}

const isCounted = (record: StoredRecord) => isCreditCounted(school.parse(record.body))

/** What a school owes whose leads have not been counted against its credit yet. */
async function readCreditStart(id: string, deps: PutSchoolDependencies): Promise<CreditStart | undefined> {
  const record = await deps.records.get('schools', id)
  if (!record || isCounted(record)) return undefined
  const { generation } = record
  const counter = await deps.creditAlerts.find(toOwnerName({ id, generation }))
  const owedCents = -(await readBalance({ kind: 'schools', id, generation }, deps))
  return { owedCents, usedCents: counter?.usedCents }
}

/** Writes a program of a school into the listings of its careers. */
export async function putProgram(
  { params, body, headers, principal }: Request<PutProgram>,
  deps: PutRecordDependencies,
): Promise<Reply<PutProgram>> {
  const foundRecords = await requireProgramReferences(params.id, body, deps)
  const guardedBody = (current: StoredRecord | undefined) => {
    refuseMove('program', body.schoolId, current)
    return body
  }
  const [schoolRecord, ...careers] = foundRecords
  const references = [
    { kind: 'schools', record: schoolRecord } as const,
    ...careers.map((record) => ({ kind: 'careers', record }) as const),
  ].flatMap(({ kind, record }) => (record ? [{ kind, record }] : []))
  const also = (current: StoredRecord | undefined) => addReferenceWrites('programs', params.id, references, current)
  const actor = toActor(principal)
  const careerGenerations = listCareerGenerations(careers)
  const write = { id: params.id, body: guardedBody, also, ifMatch: headers['if-match'], actor, careerGenerations }
  const written = await writeRecord('programs', write, deps)
  return { status: written.status, headers: written.headers, body: { ...body, ...written.version } }
}

function listCareerGenerations(careers: readonly (StoredRecord | undefined)[]) {
  const entries = careers.flatMap((one) => (one?.generation ? [[one.id, one.generation] as const] : []))
  return entries.length > 0 ? Object.fromEntries(entries) : undefined
}

/** Returns the school and the careers of a program. @throws Refusal for each that does not exist, and for questions that others ask differently */
export async function requireProgramReferences(
  id: string,
  body: Request<PutProgram>['body'],
  deps: Pick<Dependencies, 'records' | 'composed'>,
) {
  const foundRecords = await requireReferences(
    [
      { pointer: '/schoolId', kind: 'schools', id: body.schoolId },
      ...body.careerSlugs.map(
        (slug, index) => ({ pointer: `/careerSlugs/${index}`, kind: 'careers', id: slug }) as const,
      ),
    ],
    deps,
  )
  await refuseOtherAnswers(id, body, deps)
  return foundRecords
}

/** Writes a source. The first write creates its publishable key; later and concurrent writes keep that key. */
export async function putSource(
  { params, body, headers, principal }: Request<PutSource>,
  deps: PutSourceDependencies,
): Promise<Reply<PutSource>> {
  const { turnstileSecret, postbackSecret, inboundKey, inboundVerifyToken, inboundAccessToken, ...source } = body
  const secrets = { turnstileSecret, postbackSecret, inboundKey, inboundVerifyToken, inboundAccessToken }
  const newKey = newAccessKey('pk', deps.randomBytes)
  const at = deps.now().toISOString()
  const holder = { caller: 'source', sourceId: params.id, scope: 'form' } as const
  const written = await writeRecord(
    'sources',
    {
      id: params.id,
      body: (previous) => ({
        ...source,
        ...planSourceCounters(source, previous && storedSource.parse(previous.body), at),
        key: previous?.body.key ?? newKey,
        sealed: sealSourceSecrets(
          { id: params.id, source, secrets, at },
          storedSource.shape.sealed.parse(previous?.body.sealed),
          deps,
        ),
      }),
      ifMatch: headers['if-match'],
      actor: toActor(principal),
      also: (previous, _next, generation) =>
        previous?.body.key === undefined ? [saveKeyWrite(sha256(newKey), { ...holder, generation })] : [],
    },
    deps,
  )
  const key = records.sources.put.responses[200].body.shape.key.parse(written.body.key)
  return { status: written.status, headers: written.headers, body: { ...source, key, ...written.version } }
}

export const putCareerHandler = defineHandler(records.careers.put, putCareer)
export const putSchoolHandler = defineHandler(records.schools.put, putSchool)
export const putProgramHandler = defineHandler(records.programs.put, putProgram)
export const putSourceHandler = defineHandler(records.sources.put, putSource)
