import { createHash } from 'node:crypto'
import * as z from 'zod'
import type { AuditEntry } from '../access/audit-entry.ts'
import type { AuditFault } from '../access/audit-seal.ts'
import { idSchema } from '../ids.ts'
import { addYears, consentProofYears } from './consent-proof.ts'

/** How many proofs an audit entry lists. */
export const maxListedProofs = 100

/**
 * What an audit entry says of the proofs of consent of a day: for each lead the digest of its sealed proof, or `unsealed` if
 * it is older than sealed proofs. The hash chain of the audit then shows the removal of a proof with all that leads to it.
 */
export const consentList = z.object({ proofs: z.record(idSchema('lead'), z.string()) })

export const unsealedProof = 'unsealed'

/** 128 bits of SHA-256: enough, because a proof cannot be sealed without the root secret. */
export function computeProofDigest(sealed: string | undefined): string {
  return sealed === undefined
    ? unsealedProof
    : createHash('sha256').update(sealed).digest().subarray(0, 16).toString('base64url')
}

/** The proofs that an audit entry lists and that must still be there; undefined if it lists none, or their time has ended. */
export function parseConsentList({ action, at, after }: AuditEntry, now: string) {
  if (action !== 'consent-proofs.listed' || addYears(at, consentProofYears) < now) return undefined
  return Object.entries(consentList.parse(after).proofs)
}

/** Compares a listed proof with what is stored. An unsealed one may have been sealed since. */
export function findProofFault(
  { entryId, leadId, listed }: { entryId: string; leadId: string; listed: string },
  stored: string | undefined,
): AuditFault | undefined {
  if (stored === undefined)
    return { fault: 'proof-removed', entryId, detail: `The proof of consent of ${leadId} was listed and is missing.` }
  if (listed === unsealedProof || listed === stored) return undefined
  return {
    fault: 'proof-changed',
    entryId,
    detail: `The proof of consent of ${leadId} is not the one that was listed.`,
  }
}
