import type { Holder } from '#shared/domain/access/access-key.ts'
import type { Town } from '#test/functions/town.ts'

export type Actor = Awaited<ReturnType<typeof actorsOf>>[number]['actor']
type Headers = { [name: string]: string }

const staff: Holder = { caller: 'operator' }
const schoolA: Holder = { caller: 'school', schoolId: 'tall-grass' }
const schoolB: Holder = { caller: 'school', schoolId: 'bay-shore' }
const source: Holder = { caller: 'source', sourceId: 'landing' }

/** Everybody who may try a door, with the key that they hold. Those that may change the most come last. */
export async function actorsOf({ house, sourceKey }: Town) {
  const soon = new Date(house.clock.now.getTime() + 60_000).toISOString()
  const bearer = (key: string): Headers => ({ authorization: `Bearer ${key}` })
  const keyOf = async (...[holder, scope, until]: Parameters<typeof house.keyFor>) =>
    bearer((await house.keyFor(holder, scope, until)).key)
  const revoked = async (...[holder, scope]: Parameters<typeof house.keyFor>) => {
    const { key, keyId } = await house.keyFor(holder, scope)
    await house.staff('DELETE', `/v1/ops/keys/${keyId}`)
    return bearer(key)
  }
  const nothing: Headers = {}
  const page: Headers = { 'x-source-key': sourceKey }
  const actors = [
    { actor: 'nobody', headers: nothing },
    { actor: 'a publishable key', headers: page },
    { actor: 'a publishable key as a bearer', headers: bearer(sourceKey) },
    { actor: 'a server key', headers: await keyOf(source, 'server') },
    { actor: 'school A, read', headers: await keyOf(schoolA, 'read') },
    { actor: 'school A', headers: await keyOf(schoolA, 'manage') },
    { actor: 'school B', headers: await keyOf(schoolB, 'manage') },
    { actor: 'staff, read', headers: await keyOf(staff, 'read') },
    { actor: 'a revoked server', headers: await revoked(source, 'server') },
    { actor: 'a revoked school', headers: await revoked(schoolA, 'manage') },
    { actor: 'revoked staff', headers: await revoked(staff, 'admin') },
    { actor: 'an expired server', headers: await keyOf(source, 'server', soon) },
    { actor: 'an expired school', headers: await keyOf(schoolA, 'manage', soon) },
    { actor: 'expired staff', headers: await keyOf(staff, 'admin', soon) },
    { actor: 'staff, admin', headers: await keyOf(staff, 'admin') },
  ] as const
  house.pass(60)
  return actors
}
