import { getIssuerKeyId, type PortalLink } from '#shared/domain/access/portal-access.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'

/** A link and its session end no later than the staff key that created the link. */
export async function limitToIssuer(
  expiresAt: string,
  link: Pick<PortalLink, 'createdBy'>,
  { keyRing }: Pick<Dependencies, 'keyRing'>,
): Promise<string> {
  const issuerKeyId = getIssuerKeyId(link)
  const issuer = issuerKeyId === undefined ? undefined : await keyRing.find(issuerKeyId)
  return issuer?.expiresAt !== undefined && issuer.expiresAt < expiresAt ? issuer.expiresAt : expiresAt
}
