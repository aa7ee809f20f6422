import { getIssuerKeyId, type PortalContext, type PortalLink } from '#shared/domain/access/portal-access.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'

type ContextDependencies = Pick<Dependencies, 'portalAccess' | 'now'>

/** Returns a function that reads what decides about a link or session. Rings, schools and staff keys are read once. */
export function createPortalContextReader({ portalAccess, now }: ContextDependencies) {
  const at = now().toISOString()
  const [rings, issuers, schools] = [createReadCache<ReadonlySet<string>>(), createReadCache(), createReadCache()]
  return async (id: string, link: PortalLink): Promise<PortalContext> => {
    const { schoolId, generation = 1 } = link
    const [ring, isIssuerRevoked, isHolderCurrent] = await Promise.all([
      rings(schoolId, () => portalAccess.listRing(schoolId)),
      issuers(getIssuerKeyId(link) ?? '', () => portalAccess.isIssuerRevoked(link)),
      schools(`${schoolId} ${generation}`, () => portalAccess.isHolderCurrent(link)),
    ])
    return { now: at, isListed: ring.has(id), isIssuerRevoked, isHolderCurrent }
  }
}

function createReadCache<Value = boolean>() {
  const values = new Map<string, Promise<Value>>()
  return (key: string, read: () => Promise<Value>): Promise<Value> => {
    const value = values.get(key) ?? read()
    values.set(key, value)
    return value
  }
}
