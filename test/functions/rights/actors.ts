import type { Holder } from '#shared/domain/access/access-key.ts'
import type { TestSystem } from '#test/functions/create-test-system.ts'

export type CallerName = Awaited<ReturnType<typeof createActors>>[number]['actor']
type Headers = { [name: string]: string }

const staff: Holder = { caller: 'operator' }
const schoolA: Holder = { caller: 'school', schoolId: 'tall-grass' }
const schoolB: Holder = { caller: 'school', schoolId: 'bay-shore' }
const source: Holder = { caller: 'source', sourceId: 'landing' }

/** Everybody who may try a door, with the key that they hold. Those that may change the most come last. */
export async function createActors({ api, sourceKey }: TestSystem) {
  const soon = new Date(api.clock.now.getTime() + 60_000).toISOString()
  const bearer = (key: string): Headers => ({ authorization: `Bearer ${key}` })
  const createKeyHeaders = async (...[holder, scope, until]: Parameters<typeof api.createApiKey>) =>
    bearer((await api.createApiKey(holder, scope, until)).key)
  const createRevokedHeaders = async (...[holder, scope]: Parameters<typeof api.createApiKey>) => {
    const { key, keyId } = await api.createApiKey(holder, scope)
    await api.staff('DELETE', `/v1/ops/keys/${keyId}`)
    return bearer(key)
  }
  const noHeaders: Headers = {}
  const page: Headers = { 'x-source-key': sourceKey }
  const actors = [
    { actor: 'nobody', headers: noHeaders },
    { actor: 'a publishable key', headers: page },
    { actor: 'a publishable key as a bearer', headers: bearer(sourceKey) },
    { actor: 'a server key', headers: await createKeyHeaders(source, 'server') },
    { actor: 'school A, read', headers: await createKeyHeaders(schoolA, 'read') },
    { actor: 'school A', headers: await createKeyHeaders(schoolA, 'manage') },
    { actor: 'school B', headers: await createKeyHeaders(schoolB, 'manage') },
    { actor: 'staff, read', headers: await createKeyHeaders(staff, 'read') },
    { actor: 'a revoked server', headers: await createRevokedHeaders(source, 'server') },
    { actor: 'a revoked school', headers: await createRevokedHeaders(schoolA, 'manage') },
    { actor: 'revoked staff', headers: await createRevokedHeaders(staff, 'admin') },
    { actor: 'an expired server', headers: await createKeyHeaders(source, 'server', soon) },
    { actor: 'an expired school', headers: await createKeyHeaders(schoolA, 'manage', soon) },
    { actor: 'expired staff', headers: await createKeyHeaders(staff, 'admin', soon) },
    { actor: 'staff, admin', headers: await createKeyHeaders(staff, 'admin') },
  ] as const
  api.advanceClock(60)
  return actors
}
