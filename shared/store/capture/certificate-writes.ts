import { addYears, consentProofYears } from '../../domain/aftercare/consent-proof.ts'
import type { NewCertificate } from '../../domain/capture/certificates/consent-certificate.ts'
import type { Write } from '../engine/engine.ts'
import { toEpochSeconds } from '../engine/expiry.ts'
import { certificateEntry } from '../index-keys.ts'
import { certificateKey, type Table } from '../keys.ts'
import { toItem } from '../rows.ts'

/** Part of the transaction that saves a lead: from then on its certificate cannot be forgotten. */
export function buildCertificateWrite({ result, at, ...certificate }: NewCertificate): Write<Table> {
  const { leadId, vendor } = certificate
  const row = {
    ...certificateKey(leadId, vendor),
    ...{ ...certificate, state: 'waiting', failures: 0 },
    expiresAt: toEpochSeconds(new Date(addYears(at, consentProofYears))),
    ...(result ? toItem(result) : certificateEntry({ leadId, vendor, failures: 0 }, at)),
  }
  return { in: 'leads', put: row, when: { exists: false } }
}
