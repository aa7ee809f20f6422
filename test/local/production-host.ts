import { join } from 'node:path'
import { matchSchools } from '#shared/contract/capture/capture.ts'
import { systemDependencies } from '#shared/platform/system-dependencies.ts'
import { keyRing } from '#shared/store/access/key-ring.ts'
import { createSqliteEngine } from '#shared/store/engine/sqlite/sqlite.ts'
import { tables } from '#shared/store/keys.ts'
import { schemaMigrations } from '#shared/store/schema-migrations.ts'
import { issueKey } from '#shared/workflows/access/issue-key.ts'
import { aCareer, aProgram, aSchool, aVisitor, career } from '#test/functions/create-test-system.ts'

/** Calls a host of `serve` with a staff key of its folder. */
export async function createStaffCall(folder: string, url: string) {
  const engine = createSqliteEngine({
    path: join(folder, 'prospectus.db'),
    shapes: tables,
    migrations: schemaMigrations,
    now: systemDependencies.now,
  })
  const keyResult = await issueKey(
    { holder: { caller: 'operator' }, scope: 'admin', name: 'first' },
    { ...systemDependencies, keyRing: keyRing(engine), digests: { hashAuditValue: String } },
    { actor: { kind: 'system', name: 'tests' } },
  )
  await engine.close()
  if (typeof keyResult === 'string') throw new Error(keyResult)
  const headers = { authorization: `Bearer ${keyResult.key}`, 'content-type': 'application/json' }
  return (method: string, path: string, body?: object) =>
    fetch(url + path, { method, headers, ...(body && { body: JSON.stringify(body) }) })
}

type ProductionCall = Awaited<ReturnType<typeof createStaffCall>>

/** A career, and a school with a program. */
export async function writeTestCatalog(call: ProductionCall) {
  await call('PUT', `/v1/ops/careers/${career}`, aCareer())
  await call('PUT', '/v1/ops/schools/tall-grass', aSchool())
  await call('PUT', '/v1/ops/programs/tall-grass-hit', aProgram())
}

/** A visitor's match and lead. */
export async function sendLead(
  url: string,
  key: string,
  person: { firstName?: string; email?: string; phone?: string } = {},
) {
  const post = async (path: string, body: object) => {
    const headers = {
      'content-type': 'application/json',
      'x-source-key': key,
      'idempotency-key': `form-${person.firstName ?? 'Ada'}`,
    }
    return (await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) })).json()
  }
  const { matchId, disclosure } = matchSchools.responses[200].body.parse(await post('/v1/matches', aVisitor()))
  const { careerSlug: _, zip, ...visitor } = aVisitor()
  const contact = {
    firstName: 'Ada',
    lastName: 'Example',
    email: 'ada@mail.example',
    phone: '(512) 789-1111',
    zip,
    ...person,
  }
  const consent = { granted: true, sha256: disclosure.sha256 }
  return post('/v1/leads', { ...visitor, matchId, contact, consent, page: { url: 'https://careers.example/' } })
}
